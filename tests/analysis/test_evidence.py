"""Evidence by question: who is counted in which unit, accounts of one family, the rule of confidence, and gaps."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tbcp_qual.analysis.confidence import overclaims, propose, searches_for_negatives
from tbcp_qual.analysis.evidence import Evidences
from tbcp_qual.analysis.heard import Heard, Tally
from tbcp_qual.analysis.passages import Passage
from tbcp_qual.analysis.retrieval import Wanted, to_wording
from tbcp_qual.analysis.triangulation import triangulate_finding, triangulate_theme
from tbcp_qual.coding.records import (
    Asked,
    Asking,
    Coding,
    Convergence,
    Document,
    Done,
    Evidence,
    Finding,
    Judgement,
    Participant,
    Search,
    Topic,
    Turn,
    asked_id,
)
from tbcp_qual.coding.snapshot import Snapshot
from tests.analysis.study import QUESTIONS, THEMES, Study

FINDING = Finding(id="f", key="1", statement="One who stays.", questions=("q2",), themes=("t-worker",))


def study_of_one_family() -> tuple[Study, list[Coding]]:
    """Return F2 told by a mother (with a gran sitting in), her key worker and her file; P3 is heard too, of F3."""
    study = Study()
    mother = study.document(
        "P2", ["INT: Well?", "P2: She came every week and she stayed.", "GRAN: Yes."], cases=("f2",)
    )
    other = study.document("P3", ["INT: Well?", "P3: Nobody stayed."], cases=("f3",))
    worker = study.document("K1", ["K1: I kept going back."], source_type="practitioner", cases=("f2",))
    file = study.document("F2 review", ["Visits weekly."], source_type="case file", cases=("f2",))
    study.document("W1", ["W1: I refer."], source_type="partner")
    for label, case in (("P2", "f2"), ("GRAN", "f2"), ("P3", "f3"), ("K1", None), ("W1", None)):
        study.records.append(Participant(id=f"p-{label}", label=label, case=case))
    for place, record in enumerate(study.records):
        if isinstance(record, Turn) and record.role == "participant":
            study.records[place] = replace(record, participant=f"p-{record.speaker}")
    for kind in ("parent", "practitioner", "partner", "case file"):
        study.records.append(
            Topic(id=f"t-{kind}", key="Worker", source_type=kind, themes=("t-worker",), questions=("q2",))
        )
    verdicts: list[tuple[Document, str, Asking]] = [(mother, "parent", "asked"), (other, "parent", "asked")]
    for document, kind, verdict in (*verdicts, (worker, "practitioner", "not asked")):
        topic = f"t-{kind}"
        study.records.append(
            Asked(id=asked_id(document.id, topic), document=document.id, topic=topic, asked=verdict, coder="ak")  # type: ignore[arg-type]
        )
    return study, [
        study.code(mother, "She came every week and she stayed.", "worker"),
        study.code(mother, "Yes.", "worker"),
        study.code(worker, "I kept going back.", "worker"),
        study.code(file, "Visits weekly.", "worker"),
        study.code(other, "Nobody stayed.", "worker", negative=True),
    ]


def evidence(coding: Coding, *, explained: str | None = None) -> Evidence:
    return Evidence(
        id=f"e-{coding.id}",
        finding="f",
        document=coding.document,
        codings=(coding.id,),
        reference=f"old.{coding.start}",
        bearing="for" if explained is None else "negative case",
        explained=explained or "",
        coder="ak",
    )


def by_type(tallies: Sequence[Tally]) -> dict[str, Tally]:
    return {tally.source_type: tally for tally in tallies}


def found_in(study: Study, codings: list[Coding]) -> Snapshot:
    pieces = (*(evidence(c) for c in codings[:4]), evidence(codings[4], explained="moved away"))
    return replace(study.snapshot(), findings=(FINDING,), evidence=pieces)


def test_each_source_type_is_counted_in_its_own_unit_among_those_asked() -> None:
    study, _ = study_of_one_family()
    line = Evidences(study.snapshot()).theme(THEMES[1])
    tallies = by_type(line.tallies)
    assert tallies["parent"].in_words == "2 of 2 parents asked"
    assert tallies["case file"].in_words == "1 of 1 case files read"
    # The key worker speaks to it without having been asked; nobody confirmed what the midwife was asked.
    assert tallies["practitioner"].in_words == "no practitioners asked, 1 unasked"
    assert tallies["partner"].asked == 0


def test_whoever_sits_in_on_an_interview_is_heard_and_was_not_interviewed() -> None:
    study, _ = study_of_one_family()
    assert Heard(study.snapshot()).voices("d-P2") == ("p-P2",)
    passages = Evidences(study.snapshot()).matrix.passages["t-worker"]
    said_by_gran = next(p for p in passages if p.words == "Yes.")
    assert Heard(study.snapshot()).speaking(said_by_gran) == ()
    assert said_by_gran.by == ("F2",)


def test_a_parent_interviewed_twice_is_one_parent() -> None:
    study, _ = study_of_one_family()
    again = study.document("P2 again", ["P2: Still there."], cases=("f2",))
    study.records[-1] = replace(study.records[-1], participant="p-P2")  # type: ignore[arg-type]
    study.code(again, "Still there.", "worker")
    study.records.append(
        Asked(id="x", document=again.id, topic="t-parent", asked="asked", coder="ak"),
    )
    tally = by_type(Evidences(study.snapshot()).theme(THEMES[1]).tallies)["parent"]
    assert (tally.spoke, tally.asked, tally.of, tally.passages) == (2, 2, 2, 4)


def test_nothing_is_said_of_who_was_asked_as_long_as_nobody_confirmed_it() -> None:
    study, _ = study_of_one_family()
    tallies = by_type(Evidences(replace(study.snapshot(), asked=())).theme(THEMES[1]).tallies)
    assert tallies["parent"].in_words == "2 of 2 parents"
    assert tallies["practitioner"].in_words == "1 of 1 practitioners"


def test_a_mother_her_worker_and_her_file_are_accounts_of_one_family() -> None:
    study, codings = study_of_one_family()
    line = Evidences(found_in(study, codings)).finding(FINDING)
    assert line.families == ("F2",)
    assert line.accounts == {"F2": ("parent", "practitioner", "case file"), "F3": ("parent",)}
    assert line.proposal.accounts == 1
    # Three source types that speak of one family alone are little to go by.
    assert (line.proposal.source_types, line.proposal.confidence) == (("parent", "practitioner", "case file"), "low")
    assert [(n.passage.words, n.explained) for n in line.negative] == [("Nobody stayed.", "moved away")]


def test_what_may_be_about_any_of_several_families_counts_for_none_of_them() -> None:
    study, codings = study_of_one_family()
    k1 = next(place for place, r in enumerate(study.records) if isinstance(r, Document) and r.name == "K1")
    study.records[k1] = replace(study.records[k1], cases=("f2", "f10"))  # type: ignore[arg-type]
    evidences = Evidences(found_in(study, codings))
    line = evidences.finding(FINDING)
    assert line.accounts["F2"] == ("parent", "case file")
    (told,) = [p for p in line.supporting if p.document == "d-K1"]
    assert evidences.independent([told]) == 1
    # She may be speaking of the family that counts already.
    assert evidences.independent(line.supporting) == 1


def test_evidence_whose_coding_is_gone_is_listed() -> None:
    study, codings = study_of_one_family()
    snapshot = found_in(study, codings)
    line = Evidences(replace(snapshot, codings=snapshot.codings[1:])).finding(FINDING)
    assert line.lost == (f"old.{codings[0].start}",)


def passage(source_type: str, *, negative: bool = False) -> Passage:
    return Passage(
        reference="P1.1", source="", document="d", source_type=source_type, about=(), span=None, words="",  # type: ignore[arg-type]
        codes=(), coders=(), negative=negative, codings=(),
    )  # fmt: skip


def tally(source_type: str, passages: int = 2) -> Tally:
    return Tally(
        source_type=source_type, unit="", spoke=1, asked=1, unasked=0, of=1, passages=passages, negative=0, families=()
    )


@pytest.mark.parametrize(
    ("types", "accounts", "explained", "searches", "proposed"),
    [
        (3, 5, [], 1, "high"),
        (3, 5, ["so"], 1, "high"),
        (3, 5, [""], 1, "moderate"),
        (3, 5, [], 0, "moderate"),
        (3, 4, [], 1, "moderate"),
        (2, 5, [], 1, "moderate"),
        (2, 3, ["", ""], 0, "moderate"),
        (4, 3, ["", "", ""], 1, "low"),
        (1, 9, [], 1, "low"),
        (4, 2, [], 1, "low"),
        (0, 0, [], 1, ""),
    ],
)
def test_the_rule_of_confidence(types: int, accounts: int, explained: list[str], searches: int, proposed: str) -> None:
    kinds = ["parent", "practitioner", "partner", "case file"][:types]
    proposal = propose(
        [passage(kind) for kind in kinds],
        [(passage("other"), words) for words in explained],
        tallies=[tally(kind) for kind in kinds],
        accounts=accounts,
        searches=searches,
    )
    assert proposal.confidence == proposed


def test_a_source_type_that_speaks_more_against_than_for_does_not_agree() -> None:
    proposal = propose(
        [passage("parent"), passage("partner")],
        [(passage("parent"), "so"), (passage("parent"), "so")],
        tallies=[tally("parent"), tally("partner")],
        accounts=9,
        searches=1,
    )
    assert (proposal.source_types, proposal.confidence) == (("partner",), "low")


def test_searches_for_negative_cases_are_found_by_their_codes_or_their_purpose() -> None:
    def search(purpose: str, **asked: object) -> Search:
        return Search(id=purpose, wording=to_wording(Wanted(**asked)), purpose=purpose)  # type: ignore[arg-type]

    log = [
        search("by code", codes=("worker",), negative=True),
        search("negative cases of finding 1"),
        search("negative cases of finding 12"),
        search("finding 1"),
        search("elsewhere", codes=("panel",), negative=True),
        Search(id="old", wording="?", purpose="negative cases of finding 1"),
    ]
    assert [s.purpose for s in searches_for_negatives(log, "1", {"worker"})] == [
        "by code",
        "negative cases of finding 1",
    ]


def test_a_board_shows_answer_findings_and_themes_without_a_finding() -> None:
    study, codings = study_of_one_family()
    study.code(next(r for r in study.records if isinstance(r, Document)), "every week", "trust")
    first, second = Evidences(found_in(study, codings)).boards()
    assert (first.question.key, second.question.key) == ("1", "2")
    assert [line.finding.key for line in second.findings] == ["1"]
    assert [gap.theme.name for gap in second.gaps] == ["Trust"]
    assert second.answer is None
    assert by_type(second.asked)["parent"].in_words == "2 of 2 parents asked"
    assert [question.key for question, _ in first.subquestions] == ["1a"]
    assert QUESTIONS[1].key == "1a"


def test_a_source_type_agrees_where_codes_and_families_are_those_of_another() -> None:
    study, codings = study_of_one_family()
    evidences = Evidences(found_in(study, codings))
    bearings = {b.source_type: b for b in triangulate_finding(evidences, evidences.finding(FINDING)).bearings}
    assert bearings["parent"].proposed == "agreement"
    assert bearings["parent"].same_families == ("F2",)
    assert bearings["partner"].proposed == "not asked"


def test_a_file_that_was_read_and_says_nothing_is_silent_and_one_that_was_not_read_is_neither() -> None:
    study, codings = study_of_one_family()
    now = found_in(study, codings)
    unread = replace(now, codings=tuple(c for c in now.codings if c.document != "d-F2 review"))
    done = Done(id="x", document="d-F2 review", coder="ak", done=True)
    said = []
    for snapshot in (unread, replace(unread, done=(done,))):
        evidences = Evidences(snapshot)
        bearing = triangulate_finding(evidences, evidences.finding(FINDING)).bearings[3]
        said.append((bearing.proposed, bearing.why))
    assert said == [("not asked", "none of 1 case files was read"), ("silence", "nothing from 1 case files")]


def test_a_source_type_is_in_dissonance_where_as_much_speaks_against_as_for() -> None:
    study, codings = study_of_one_family()
    only_against = replace(
        found_in(study, codings), evidence=(evidence(codings[2]), evidence(codings[4], explained=""))
    )
    evidences = Evidences(only_against)
    bearings = {b.source_type: b for b in triangulate_finding(evidences, evidences.finding(FINDING)).bearings}
    assert bearings["parent"].proposed == "dissonance"
    assert bearings["practitioner"].proposed == "partial"


def test_two_people_have_to_say_the_same() -> None:
    study, _ = study_of_one_family()

    def judged(**verdicts: Convergence) -> tuple[str | None, str]:
        said = tuple(
            Judgement(id=coder, theme="t-worker", source_type="parent", verdict=verdict, coder=coder)
            for coder, verdict in verdicts.items()
        )
        evidences = Evidences(replace(study.snapshot(), judgements=said))
        bearing = triangulate_theme(evidences, THEMES[1]).bearings[0]
        return bearing.verdict, bearing.open

    assert judged() == (None, "to judge")
    assert judged(ak="partial") == (None, "a second person")
    assert judged(ak="partial", rm="silence") == (None, "they differ")
    assert judged(ak="partial", rm="partial") == ("partial", "")


def test_words_that_claim_too_much_are_found() -> None:
    assert overclaims("Change, and the promise of more.") == []
    assert overclaims("It IMPACTED attachment, which proves it.") == ["IMPACTED", "proves"]
