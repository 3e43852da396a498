"""Where people write: for every kind of record the fields that may hold their words, and those that never do.

Whatever looks for words of people (the privacy check, before all) follows these; a contract test finds the field that
stands in neither.
"""

WORDS: dict[str, tuple[str, ...]] = {
    "project": ("name", "data_controller", "lawful_basis"),
    "question": ("key", "text", "short"),
    "code": ("name", "brief", "full", "use_when", "not_when", "example", "domain"),
    "theme": ("name", "definition"),
    "version": ("label",),
    "case": ("label",),
    "variable": ("name", "levels"),
    "attribute": ("name", "value"),
    "measure": ("scale", "time_point"),
    "participant": ("label", "role"),
    "document": ("name", "file", "source_type", "time_point"),
    "turn": ("speaker", "section"),
    "topic": ("key", "source_type", "time_point", "prompt"),
    "invitation": ("source_type", "note"),
    "sample": ("name", "by", "excluded", "why"),
    "coding": ("memo",),
    "memo": ("title", "body"),
    "round": ("name", "drawn"),
    "decision": ("words",),
    "query": ("name", "wording"),
    "search": ("wording", "purpose"),
    "ruling": ("reason",),
    "export": ("what", "file", "reason"),
    "summary": ("group", "wave", "words", "cites", "rests_on"),
    "finding": ("key", "statement", "adequacy", "coherence", "relevance", "limitations"),
    "evidence": ("reference", "explained"),
    "answer": ("words", "caveats"),
    "judgement": ("source_type", "note"),
    "element": ("name", "text", "revision"),
    "configuration": ("name", "context", "mechanism", "outcome"),
    "item": ("key", "section", "text", "guidance"),
    "rating": ("words",),
}
"""Fields that may hold words of people; kinds without any are left out."""

WORDS_AT: dict[tuple[str, str], int] = {
    ("sample", "excluded"): 1,
    ("summary", "cites"): 0,
    ("summary", "rests_on"): 2,
}
"""Of fields that hold rows: the place in each row at which words stand; the rest of a row are ids and hashes."""

REPEATED: frozenset[tuple[str, str]] = frozenset(
    {
        ("attribute", "name"),
        ("measure", "scale"),
        ("measure", "time_point"),
        ("document", "source_type"),
        ("document", "time_point"),
        ("turn", "speaker"),
        ("turn", "section"),
        ("topic", "source_type"),
        ("invitation", "source_type"),
        ("topic", "time_point"),
        ("summary", "group"),
        ("summary", "wave"),
        ("judgement", "source_type"),
        ("item", "section"),
    }
)
"""Fields in which many records say the same, and mean it: looked at once, and altered in all of them or none."""

SIGNS: dict[str, tuple[str, ...]] = {
    "project": ("destroy_by",),
    "coder": ("name",),
    "code": ("colour",),
    "version": ("at",),
    "participant": ("withdrawn",),
    "turn": ("date",),
    "sample": ("at",),
    "placement": ("kind", "record"),
    "coding": ("definition",),
    "memo": ("codings", "at"),
    "round": ("texts", "statistic", "unit", "due", "codebook", "locked_at"),
    "decision": ("referred", "together", "at"),
    "search": ("at",),
    "ruling": ("kind", "digest"),
    "export": ("at",),
    "summary": ("at",),
    "evidence": ("codings",),
    "answer": ("at",),
    "item": ("levels",),
    "rating": ("level",),
}
"""Fields with no words of anybody studied: hashes, days, ids of what may be gone, names of the program, of the team."""
