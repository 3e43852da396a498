"""Who is heard in the sample, what they allow, and the types of what is known of the families."""

from tbcp_qual.coding.permissions import passage_permission, permission_for
from tbcp_qual.coding.spans import Span
from tests.sample.conftest import TRANSCRIPTS, Demo, table


def test_everybody_who_is_heard_is_recorded_and_nobody_else(demo: Demo) -> None:
    rows = {row["participant"]: row for row in table(TRANSCRIPTS / "participants.csv")}
    assert {p.label for p in demo.snapshot.participants} == set(rows)
    heard = {turn.participant for turn in demo.snapshot.turns if turn.participant}
    assert {p.id for p in demo.snapshot.participants} == heard
    labels = {case.id: case.label for case in demo.snapshot.cases}
    for person in demo.snapshot.participants:
        row = rows[person.label]
        assert (person.role, labels.get(person.case or "", ""), person.permission, person.archive) == (
            row["role"], row["case"], row["permission"], row["archive"],
        )  # fmt: skip


def test_one_parent_speaks_in_two_documents_and_no_interviewer_is_a_participant(demo: Demo) -> None:
    names = {p.id: p.label for p in demo.snapshot.participants}
    heard_in: dict[str, set[str]] = {}
    for turn in demo.snapshot.turns:
        if turn.participant:
            assert turn.role == "participant"
            heard_in.setdefault(names[turn.participant], set()).add(turn.document)
        else:
            assert turn.role != "participant"
    assert {label for label, documents in heard_in.items() if len(documents) > 1} == {"P07"}


def test_families_of_participants_are_those_of_their_documents(demo: Demo) -> None:
    by_id = demo.snapshot.participant_by_id
    for turn in demo.snapshot.turns:
        case = by_id[turn.participant].case if turn.participant else None
        if case:
            assert demo.snapshot.document_by_id[turn.document].cases == (case,)


def test_case_files_are_paraphrased_and_a_sole_post_is_not_quoted(demo: Demo) -> None:
    by_name = {document.name: document for document in demo.snapshot.documents}
    assert permission_for(by_name["F07 review"]).permission == "paraphrase only"
    manager = by_name["K08 programme manager"]
    turns = demo.snapshot.turns_by_document[manager.id]
    said = next(turn for turn in turns if turn.role == "participant")
    allowed = passage_permission(manager, turns, Span(said.start, said.end), demo.snapshot.participant_by_id)
    assert (allowed.permission, allowed.why) == ("paraphrase only", "recorded for K08")


def test_the_cohort_is_typed_and_its_scores_are_measures(demo: Demo) -> None:
    types = {variable.name: (variable.scale, variable.levels) for variable in demo.snapshot.variables}
    assert types["level_of_need"] == ("ordered category", ("targeted", "complex", "acute"))
    assert types["isolation"] == ("yes/no", ())
    assert types["exit"] == ("category", ())
    rows = table(TRANSCRIPTS / "cohort.csv")
    assert set(types) == {name for name in rows[0] if name != "case" and not name.endswith(("_before", "_after"))}
    given = {
        (row["case"], when): float(row[f"attachment_{when}"])
        for row in rows
        for when in ("before", "after")
        if row[f"attachment_{when}"]
    }
    labels = {case.id: case.label for case in demo.snapshot.cases}
    bond = [measure for measure in demo.snapshot.measures if measure.scale == "Early Bond Rating"]
    assert {(labels[m.case], m.time_point): m.value for m in bond} == given
    assert {m.scale for m in demo.snapshot.measures} == {"Early Bond Rating", "Parenting Confidence Ladder"}


def test_the_project_says_who_answers_for_its_data(demo: Demo) -> None:
    info = demo.snapshot.project
    assert "fictional" in info.data_controller
    assert info.lawful_basis
    assert info.destroy_by > "2030"
