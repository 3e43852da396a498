"""The privacy check looks wherever a person can write, replaces it there, and shows nobody what a blind round hides."""

import typing
from dataclasses import replace
from pathlib import Path

from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import (
    KINDS,
    REFERENCES,
    TEXTS,
    Code,
    Decision,
    Record,
    Round,
    Ruling,
    Version,
    attribute_id,
    variable_id,
)
from tbcp_qual.coding.records.wording import WORDS, WORDS_AT
from tbcp_qual.coding.text import text_hash
from tbcp_qual.coding.versions import Framework, framework_body
from tbcp_qual.tasks.privacy import check_privacy
from tbcp_qual.tasks.pseudonyms import list_of, replace_findings
from tests.conftest import Sample

FIELDS = [(kind, field) for kind, fields in WORDS.items() for field in fields]


def number(kind: str, field: str) -> str:
    """A phone number of its own for every field."""
    return f"07700 900{100 + FIELDS.index((kind, field))}"


def planted(kind: str, there: dict[str, str], text: str) -> Record:
    """A record of a kind with a phone number in each field that holds words, and whatever it refers to."""
    values: dict[str, typing.Any] = {"id": new_id()}
    hints = typing.get_type_hints(KINDS[kind])
    for field, of in REFERENCES[kind].items():
        if of != kind and hints[field] in (str, str | None):
            values[field] = there[of]
    values.update(dict.fromkeys(set(TEXTS.get(kind, ())) - {"locked"}, text))
    for field in WORDS.get(kind, ()):
        words = f"ring {number(kind, field)}"
        rows = {
            "excluded": ((there.get("case", ""), words),),
            "cites": ((words, "x"),),
            "rests_on": ((text, "f", words),),
        }
        values[field] = words if hints[field] is str else rows[field] if (kind, field) in WORDS_AT else (words,)
    if kind == "turn":
        values |= {"start": 40, "end": 44, "head": 40}
    if kind == "attribute":
        values["id"] = attribute_id(values["case"], values["name"])
    if kind == "variable":
        values["id"] = variable_id(values["name"])
    return KINDS[kind](**values)


def found(sample: Sample, viewer: str) -> dict[tuple[str, str], str]:
    report = check_privacy(sample.project, viewer=viewer, kinds=["phone number"])
    return {(one.place.kind, one.place.field): one.words for one in report.open}


def test_every_place_where_a_person_writes_is_looked_at_and_replaced(sample: Sample, tmp_path: Path) -> None:
    project, ak = sample.project, sample.ak.id
    there = {"project": project.info.id, "coder": ak}
    made = []
    for kind in (kind for kind in KINDS if kind in WORDS and kind != "project"):
        made.append(planted(kind, there, sample.document.text))
        there[kind] = made[-1].id
    kept = framework_body(Framework(codes=(Code(id=there["code"], name="ring 07700 900999"),)))
    made = [replace(one, body=text_hash(kept)) if isinstance(one, Version) else one for one in made]
    project.apply("planted", [create(record) for record in made], coder=ak, texts=[kept])
    words = {field: f"ring {number('project', field)}" for field in WORDS["project"]}
    project.apply("project", [update(project.info, **words)], coder=ak)
    expected = {(kind, field): number(kind, field) for kind, field in FIELDS}
    assert found(sample, ak) == expected | {("version", "kept"): "07700 900999"}
    key = list_of(project, tmp_path / "key.csv")
    report = check_privacy(project, viewer=ak, kinds=["phone number"])
    called = {one.place.kind: one.place.name for one in report.open}
    case, theme = (number(kind, "label" if kind == "case" else "name") for kind in ("case", "theme"))
    assert called["summary"] == f"summary of ring {case}, “ring {theme}”"
    assert called["answer"] == f"answer to question ring {number('question', 'key')}"
    assert replace_findings(project, report.open, key, coder=ak) == len(FIELDS)
    # What was agreed says what it said until a purge takes the words out.
    assert found(sample, ak) == {("version", "kept"): "07700 900999"}
    assert project.verify() == []
    assert project.record("question", there["question"]).text == "ring [phone number]"
    assert project.record("attribute", attribute_id(there["case"], "ring [phone number]")) is not None
    project.undo(ak)
    assert found(sample, ak) == expected | {("version", "kept"): "07700 900999"}


def test_nobody_is_shown_what_others_decided_or_let_stand_where_a_round_is_blind(sample: Sample) -> None:
    project, ak, rm = sample.project, sample.ak.id, sample.rm.id
    on = {"document": sample.document.id, "coder": rm}
    earlier = Round(id=new_id(), name="1", blind=False, documents=(on["document"],), coders=(ak, rm))
    blind = Round(id=new_id(), name="2", documents=(on["document"],), texts=(sample.document.text,), coders=(ak, rm))
    made = [
        earlier,
        Decision(id=new_id(), round=earlier.id, words="she rang 07700 900111", **on),
        Ruling(id=new_id(), kind="name", digest="x", reason="see 07700 900112", **on),
    ]
    project.apply("made", [create(record) for record in made], coder=rm)
    assert {*found(sample, ak)} == {("decision", "words"), ("ruling", "reason")}
    project.apply("opened", [create(blind)], coder=rm)
    assert found(sample, ak) == {}
    assert {*found(sample, rm)} == {("decision", "words"), ("ruling", "reason")}
