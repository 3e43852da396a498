"""The records of a project: what each kind is called, which fields it has, what it refers to.

A record is frozen; its history lives in the journal. `KINDS` names the kinds, `REFERENCES` says which fields hold
ids of other records; the store makes its tables and foreign keys fit, and a contract test compares the two.
Past 400 lines, as half of them only hand on the names of all records.
"""

from hashlib import sha256

from tbcp_qual.coding.records.auditing import BESIDE_LEVELS, NOT_APPLICABLE, NOT_RECORDED, Item, Rating
from tbcp_qual.coding.records.findings import (
    Answer,
    Bearing,
    Confidence,
    Configuration,
    Convergence,
    Element,
    Evidence,
    Finding,
    Judgement,
    Part,
    Standing,
    Summary,
    Support,
)
from tbcp_qual.coding.records.ids import (
    about_id,
    answer_id,
    asked_id,
    attribute_id,
    done_id,
    evidence_id,
    forward_id,
    invitation_id,
    judgement_id,
    measure_id,
    placement_id,
    rating_id,
    review_id,
    ruling_id,
    summary_id,
    turn_id,
    variable_id,
)
from tbcp_qual.coding.records.material import (
    PERMISSIONS,
    SOURCE_TYPES,
    STAGES,
    About,
    Archive,
    Asked,
    Asking,
    Attribute,
    Case,
    Document,
    DocumentKind,
    Invitation,
    Measure,
    Participant,
    Permission,
    Role,
    Sample,
    Scale,
    Stage,
    Topic,
    Turn,
    Variable,
)
from tbcp_qual.coding.records.rounds import Decision, Outcome, Purpose, Reason, Round
from tbcp_qual.coding.records.safekeeping import AUDIENCES, Audience, Export, Ruling, Verdict
from tbcp_qual.coding.records.study import (
    Approach,
    Aspect,
    Code,
    Coder,
    Origin,
    ProjectInfo,
    Question,
    Status,
    Theme,
    Version,
)
from tbcp_qual.coding.records.texts import Forward, Placement
from tbcp_qual.coding.records.work import Coding, Done, Memo, MemoKind, Prompting, Query, Review, Search

__all__ = [
    "ANCHORED",
    "AUDIENCES",
    "BESIDE_LEVELS",
    "FORESTS",
    "KINDS",
    "KIND_OF",
    "NOT_APPLICABLE",
    "NOT_RECORDED",
    "PERMISSIONS",
    "REFERENCES",
    "SOURCE_TYPES",
    "STAGES",
    "TEXTS",
    "TOGETHER",
    "About",
    "Answer",
    "Approach",
    "Archive",
    "Asked",
    "Asking",
    "Aspect",
    "Attribute",
    "Audience",
    "Bearing",
    "Case",
    "Code",
    "Coder",
    "Coding",
    "Confidence",
    "Configuration",
    "Convergence",
    "Decision",
    "Document",
    "DocumentKind",
    "Done",
    "Element",
    "Evidence",
    "Export",
    "Finding",
    "Forward",
    "Invitation",
    "Item",
    "Judgement",
    "Measure",
    "Memo",
    "MemoKind",
    "Origin",
    "Outcome",
    "Part",
    "Participant",
    "Permission",
    "Placement",
    "ProjectInfo",
    "Prompting",
    "Purpose",
    "Query",
    "Question",
    "Rating",
    "Reason",
    "Record",
    "Review",
    "Role",
    "Round",
    "Ruling",
    "Sample",
    "Scale",
    "Search",
    "Stage",
    "Standing",
    "Status",
    "Summary",
    "Support",
    "Theme",
    "Topic",
    "Turn",
    "Variable",
    "Verdict",
    "Version",
    "about_id",
    "answer_id",
    "asked_id",
    "attribute_id",
    "definition_fingerprint",
    "done_id",
    "evidence_id",
    "forward_id",
    "invitation_id",
    "judgement_id",
    "kind_of",
    "measure_id",
    "placement_id",
    "rating_id",
    "review_id",
    "ruling_id",
    "summary_id",
    "turn_id",
    "variable_id",
]

Record = (
    ProjectInfo
    | Coder
    | Question
    | Code
    | Theme
    | Version
    | Case
    | Variable
    | Attribute
    | Measure
    | Participant
    | Document
    | Turn
    | About
    | Topic
    | Asked
    | Invitation
    | Sample
    | Forward
    | Placement
    | Coding
    | Review
    | Done
    | Memo
    | Round
    | Decision
    | Query
    | Search
    | Ruling
    | Export
    | Summary
    | Finding
    | Evidence
    | Answer
    | Judgement
    | Element
    | Configuration
    | Item
    | Rating
)

KINDS: dict[str, type[Record]] = {
    "project": ProjectInfo,
    "coder": Coder,
    "question": Question,
    "code": Code,
    "theme": Theme,
    "version": Version,
    "case": Case,
    "variable": Variable,
    "attribute": Attribute,
    "measure": Measure,
    "participant": Participant,
    "document": Document,
    "turn": Turn,
    "about": About,
    "topic": Topic,
    "asked": Asked,
    "invitation": Invitation,
    "sample": Sample,
    "forward": Forward,
    "placement": Placement,
    "coding": Coding,
    "review": Review,
    "done": Done,
    "memo": Memo,
    "round": Round,
    "decision": Decision,
    "query": Query,
    "search": Search,
    "ruling": Ruling,
    "export": Export,
    "summary": Summary,
    "finding": Finding,
    "evidence": Evidence,
    "answer": Answer,
    "judgement": Judgement,
    "element": Element,
    "configuration": Configuration,
    "item": Item,
    "rating": Rating,
}
"""Name of each kind, in an order in which what is referred to comes first."""

KIND_OF = {record_type: kind for kind, record_type in KINDS.items()}

REFERENCES: dict[str, dict[str, str]] = {
    "project": {},
    "coder": {},
    "question": {"parent": "question"},
    "code": {"parent": "code", "questions": "question", "merged_into": "code"},
    "theme": {"codes": "code", "questions": "question"},
    "version": {"coder": "coder"},
    "case": {},
    "variable": {},
    "attribute": {"case": "case"},
    "measure": {"case": "case"},
    "participant": {"case": "case"},
    "document": {"cases": "case"},
    "turn": {"document": "document", "participant": "participant"},
    "about": {"document": "document", "case": "case"},
    "topic": {"questions": "question", "themes": "theme"},
    "asked": {"document": "document", "topic": "topic", "coder": "coder"},
    "invitation": {},
    "sample": {"population": "case", "chosen": "case", "coder": "coder"},
    "forward": {"document": "document"},
    "placement": {"document": "document"},
    "coding": {"document": "document", "code": "code", "coder": "coder"},
    "review": {"document": "document", "turn": "turn", "coder": "coder"},
    "done": {"document": "document", "coder": "coder"},
    "memo": {"coder": "coder", "document": "document", "case": "case", "code": "code", "theme": "theme"},
    "round": {"documents": "document", "coders": "coder", "codes": "code", "gold": "coder"},
    "decision": {"round": "round", "document": "document", "taken": "coder", "codes": "code", "coder": "coder"},
    "query": {"coder": "coder"},
    "search": {"coder": "coder"},
    "ruling": {"document": "document", "coder": "coder"},
    "export": {"coder": "coder"},
    "summary": {"case": "case", "theme": "theme", "coder": "coder"},
    "finding": {"questions": "question", "themes": "theme", "judged_by": "coder"},
    "evidence": {"finding": "finding", "document": "document", "coder": "coder"},
    "answer": {"question": "question", "coder": "coder"},
    "judgement": {"finding": "finding", "theme": "theme", "coder": "coder"},
    "element": {"findings": "finding"},
    "configuration": {"findings": "finding", "cases": "case"},
    "item": {"questions": "question"},
    "rating": {"item": "item", "document": "document", "coder": "coder"},
}
"""For each kind: the fields that hold an id (or a tuple of ids), and the kind they refer to."""

FORESTS: dict[str, tuple[str, ...]] = {"question": ("parent",), "code": ("parent", "merged_into")}
"""Fields that point within their own kind and may never lead back to where they started."""

TEXTS: dict[str, tuple[str, ...]] = {
    "version": ("body",),
    "round": ("locked",),
    "document": ("text",),
    "turn": ("text",),
    "about": ("text",),
    "forward": ("before", "after"),
    "placement": ("text",),
    "coding": ("text",),
    "memo": ("text",),
}
"""For each kind that names texts: the fields that hold their hashes."""

ANCHORED = ("turn", "about", "coding", "memo")
"""Kinds that hold a span: fields `document`, `text`, `start`, `end`. `coding.placing` finds them in a corrected text."""

TOGETHER: dict[str, tuple[str, ...]] = {
    "turn": ("text", "head", "start", "end"),
    "about": ("text", "start", "end"),
    "placement": ("start", "end", "by_hand"),
    "coding": ("text", "start", "end"),
    "memo": ("text", "start", "end"),
    "decision": ("outcome", "taken", "codes", "spans", "referred", "reason", "words", "coder", "together", "at"),
    "summary": ("words", "cites", "rests_on", "coder", "at"),
    "rating": ("level", "words"),
    "invitation": ("invited", "declined"),
}
"""Fields that say something together alone: whoever writes one writes all of them, and a merge never mixes them."""


def kind_of(record: Record) -> str:
    """Name the kind of a record."""
    return KIND_OF[type(record)]


def definition_fingerprint(code: Code) -> str:
    """Return 16 hexadecimal digits that differ as soon as any part of a code's definition differs."""
    parts = (code.name, code.brief, code.full, code.use_when, code.not_when, code.example)
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]
