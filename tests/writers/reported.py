"""A small study with all that a report can hold, in a project file."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.records import (
    Answer,
    Attribute,
    Case,
    Configuration,
    Element,
    Evidence,
    Finding,
    Item,
    Judgement,
    Participant,
    Rating,
    Search,
    Summary,
    Turn,
    Variable,
    answer_id,
    attribute_id,
    evidence_id,
    judgement_id,
    rating_id,
    summary_id,
    variable_id,
)
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.store import Project
from tests.analysis.study import Study, small_study

AUDIENCES = ("team", "steering group", "commissioner", "public")
FINDING = "f" * 32
SECOND = "e" * 32
ANSWER = answer_id("q2")
SUMMARY = summary_id("f2", "", "t-worker", "")


def full_study() -> Study:
    """Return the small study with people, permissions, a finding, an answer, a summary and judgements."""
    study = small_study()
    silent = study.document(
        "K2 manager", ["INT: And you?", "K2: The budget ran out in May."], source_type="practitioner", cases=("f10",)
    )
    roled = study.document("P2 interview", ["INT: Well?", "P2: Mine rang me back."], cases=("f10",))
    more = [
        study.document(f"P{n} interview", ["INT: Well?", f"P{n}: We were told {n} times over."], cases=("f10",))
        for n in (3, 4)
    ]
    codings = {
        "silent": study.code(silent, "The budget ran out in May.", "panel"),
        "roled": study.code(roled, "Mine rang me back.", "worker"),
        "told": study.code(more[0], "We were told 3 times over.", "worker"),
    }
    people = {
        "P1": Participant(id="p1", label="P1", role="mother", case="f2", permission="quote"),
        "P2": Participant(id="p2", label="P2", role="mother", case="f10", permission="role label only"),
        "P3": Participant(id="p3", label="P3", role="mother", case="f10", permission="quote"),
        "P4": Participant(id="p4", label="P4", role="father", case="f10", permission="quote"),
        "K1": Participant(id="k1", label="K1", role="key worker", permission="quote"),
        "K2": Participant(id="k2", label="K2", role="manager", permission="paraphrase only"),
        "W1": Participant(id="w1", label="W1", role="midwife", permission="quote"),
    }
    study.records = [
        replace(r, participant=people[r.speaker].id) if isinstance(r, Turn) and r.speaker in people else r
        for r in study.records
    ]
    trusted = next(r for r in study.records if getattr(r, "negative", False) and getattr(r, "code", "") == "visits")
    study.records[:0] = people.values()
    finding = Finding(
        id=FINDING,
        key="1",
        statement="A worker who stays is what families name first, as P1 and K1 say of F2.",
        questions=("q1a", "q2"),
        themes=("t-worker",),
        status="agreed",
        confidence="moderate",
        judged_by="ak",
        adequacy="Rich accounts.",
    )
    study.records += [
        finding,
        Finding(id=SECOND, key="2", statement="The impact on bonds is plain.", questions=("q2",), position=1),
        _for(finding, codings["told"]),
        _for(finding, codings["roled"]),
        _for(finding, codings["silent"]),
        replace(_for(finding, trusted), bearing="negative case", explained="She had three workers in a year."),
        Answer(
            id=ANSWER,
            question="q2",
            words="Most families, once a worker stays.",
            confidence="moderate",
            caveats="One council.",
            coder="ak",
        ),
        Summary(
            id=SUMMARY,
            case="f2",
            theme="t-worker",
            words="Visits came on Tuesdays, then stopped.",
            cites=(("P1-first.2a", trusted.id),),
            coder="ak",
        ),
        *(
            Judgement(
                id=judgement_id(FINDING, None, "parent", coder),
                finding=FINDING,
                source_type="parent",
                verdict="agreement",
                note="Same meaning.",
                coder=coder,
            )
            for coder in ("ak", "rm")
        ),
        Element(
            id="a" * 32, part="mechanism", name="Trust", text="Trust grows.", support="revised", revision="Slowly."
        ),
        Item(
            id="1" * 32,
            key="A1",
            section="The family",
            text="Somebody asked.",
            levels=("no", "in part", "yes"),
            questions=("q2",),
        ),
        *(
            Rating(
                id=rating_id("1" * 32, silent.id, coder), item="1" * 32, document=silent.id, coder=coder, level=level
            )
            for coder, level in (("ak", "yes"), ("rm", "in part"))
        ),
        Configuration(id="b" * 32, name="Constancy", context="One worker", mechanism="Trust", outcome="Visits kept"),
        Search(id="c" * 32, wording='negative:yes code:"Trust"', purpose="negative cases of finding 1", coder="ak"),
    ]
    for number in range(14):
        case = f"x{number}"
        study.records.append(Case(id=case, label=f"F{number + 20}"))
        value = "yes" if number < 3 else "no"
        study.records.append(Attribute(id=attribute_id(case, "isolation"), case=case, name="isolation", value=value))
    study.records.append(Variable(id=variable_id("isolation"), name="isolation", scale="yes/no"))
    study.records.sort(key=lambda record: not isinstance(record, Case))
    return study


def _for(finding: Finding, coding: Any) -> Evidence:
    return Evidence(
        id=evidence_id(finding.id, coding.id),
        finding=finding.id,
        document=coding.document,
        codings=(coding.id,),
        reference="",
        coder="ak",
    )


@contextmanager
def reported(folder: Path, approach: str = "framework") -> Iterator[tuple[Project, Snapshot]]:
    """Give the study as an open project, with what AK sees of it."""
    made = full_study()
    with Project.create(folder / "study.tbcp", name="Study") as project:
        project.apply("made", [create(r) for r in made.everything()], coder="", texts=made.texts.values())
        if approach != "framework":
            project.apply("approach", [update(project.info, approach=approach)], coder="ak")
        yield project, project.snapshot("ak")
