"""A codebook as tables: the sheets and their columns."""

CODES, THEMES, QUESTIONS, PROJECT = "Codes", "Themes", "Questions", "Project"
"""Names of the sheets of a workbook; a CSV file is the first of them."""

CODE_COLUMNS = {
    "brief": "brief",
    "full": "full",
    "when to use": "use_when",
    "when not to use": "not_when",
    "example": "example",
    "colour": "colour",
    "domain": "domain",
    "origin": "origin",
    "status": "status",
    "questions": "questions",
}
"""Columns of the codes, beside `code` that holds the path, with the fields they are."""

COUNTS = ("codings", "codings with below")
"""Columns that say how much is coded; they are for people, and are not read."""

THEME_COLUMNS = ("theme", "definition", "questions", "codes")
QUESTION_COLUMNS = ("question", "text", "short", "sub-question of", "aspect")
PROJECT_COLUMNS = ("project", "approach")
