"""The framework matrix: what a cell holds, when its summary is stale, waves, groups, and the next gap."""

from dataclasses import replace

import pytest

from tbcp_qual.analysis.framework import CHANGE, UNDATED, Chart, ChartCell, chart, resting_on
from tbcp_qual.analysis.groups import side_by_side
from tbcp_qual.coding.records import (
    Asked,
    Asking,
    Attribute,
    Coding,
    Document,
    Summary,
    Topic,
    asked_id,
    attribute_id,
    summary_id,
)
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.errors import UsageError
from tests.analysis.study import Study, small_study


def cell(found: Chart, row: str, theme: str, wave: str = "") -> ChartCell:
    return found.cells[
        next(r.id for r in found.rows if r.label == row), next(t.id for t in found.themes if t.name == theme), wave
    ]


def with_summary(
    snapshot: Snapshot,
    row: str,
    theme: str,
    cites: tuple[int, ...] = (),
    wave: str = "",
    words: str = "Came, and left.",
) -> Snapshot:
    """Sum a cell up as `tasks.charting` does; `cites` are places among its passages."""
    found = chart(snapshot, by_wave=bool(wave))
    case = next(r for r in found.rows if r.label == row)
    column = next(t for t in found.themes if t.name == theme)
    passages = found.cells[case.id, column.id, wave].passages
    made = Summary(
        id=summary_id(case.case, "", column.id, wave),
        case=case.case,
        theme=column.id,
        wave=wave,
        words=words,
        cites=tuple((passages[n].reference, *passages[n].codings) for n in cites),
        rests_on=resting_on(passages),
        coder="ak",
    )
    return replace(snapshot, summaries=(*snapshot.summaries, made))


def waves() -> Study:
    study = small_study()
    for place, record in enumerate(study.records):
        if isinstance(record, Document) and record.source_type == "parent":
            study.records[place] = replace(record, time_point=record.name.partition(" ")[2])
    return study


def test_a_cell_with_passages_is_not_yet_charted_and_rows_without_documents_are_counted_apart() -> None:
    found = chart(small_study().snapshot())
    assert [row.label for row in found.rows] == ["F2", "F10"]
    assert found.without_documents == 1
    assert cell(found, "F2", "A worker").state == "not yet charted"
    assert cell(found, "F10", "Trust").state == "no coding"
    assert found.states() == {"not yet charted": 5, "no coding": 3}


def test_a_summary_makes_a_cell_charted_with_what_it_cites() -> None:
    found = chart(with_summary(small_study().snapshot(), "F2", "A worker", cites=(1,)))
    charted = cell(found, "F2", "A worker")
    assert (charted.state, charted.stale, charted.open) == ("charted", False, False)
    assert charted.summary is not None
    assert charted.cited == (charted.passages[1],)


def test_a_summary_goes_stale_when_a_passage_comes_and_says_which() -> None:
    study = small_study()
    before = with_summary(study.snapshot(), "F2", "A worker")
    study.code(study.records[0], "She came", "trust")  # type: ignore[arg-type]
    second = next(r for r in study.records if isinstance(r, Document) and r.name == "P1 second")
    study.code(second, "And now?", "worker", "rm")
    after = replace(study.snapshot(), summaries=before.summaries)
    stale = cell(chart(after), "F2", "A worker")
    assert (stale.came, stale.went, stale.open) == (("P1-second.1",), (), True)
    assert chart(after).stale() == 1
    # Whoever looks at one coder's codings alone sees fewer of them, and that makes nothing stale.
    assert not cell(chart(after, coder="ak"), "F2", "A worker").stale


def test_a_summary_says_what_it_cites_that_is_gone() -> None:
    snapshot = with_summary(small_study().snapshot(), "F2", "A worker", cites=(0, 1))
    left = tuple(c for c in snapshot.codings if c.document != "d-P1 first")
    stale = cell(chart(replace(snapshot, codings=left)), "F2", "A worker")
    assert stale.lost == stale.went == ("P1-first.2a",)
    assert [p.reference for p in stale.cited] == ["P1-second.2a"]


def test_the_same_words_coded_by_a_second_coder_change_nothing() -> None:
    study = small_study()
    before = with_summary(study.snapshot(), "F10", "The model")
    file = next(r for r in study.records if isinstance(r, Document) and r.name == "F10 review")
    study.code(file, "Panel agreed the visits.", "panel", "rm")
    assert not cell(chart(replace(study.snapshot(), summaries=before.summaries)), "F10", "The model").stale


def test_marking_a_negative_case_makes_a_summary_stale() -> None:
    snapshot = with_summary(small_study().snapshot(), "F10", "The model")

    def turned(coding: Coding) -> Coding:
        return replace(coding, negative=True) if coding.code == "panel" else coding

    stale = cell(chart(replace(snapshot, codings=tuple(map(turned, snapshot.codings)))), "F10", "The model")
    assert stale.came == stale.went == ("F10.2a",)


def test_several_waves_are_a_column_each_and_one_for_what_changed() -> None:
    found = chart(waves().snapshot(), by_wave=True)
    assert found.waves == ("first", "second", UNDATED, CHANGE)
    assert [p.reference for p in cell(found, "F2", "A worker", "second").passages] == ["P1-second.2a", "P1-second.2b"]
    assert len(cell(found, "F2", "A worker", CHANGE).passages) == 3
    assert cell(found, "F2", "A worker", UNDATED).state == "not yet charted"
    assert cell(found, "F10", "A worker", "first").state == "wave not held"
    assert cell(found, "F10", "A worker", CHANGE).state == "wave not held"


def test_a_summary_of_a_wave_is_not_one_of_all_of_them() -> None:
    snapshot = with_summary(waves().snapshot(), "F2", "A worker", wave=CHANGE)
    assert cell(chart(snapshot, by_wave=True), "F2", "A worker", CHANGE).state == "charted"
    assert cell(chart(snapshot, by_wave=True), "F2", "A worker", "first").state == "not yet charted"
    assert cell(chart(snapshot), "F2", "A worker").state == "not yet charted"


def test_silence_is_told_by_what_was_asked() -> None:
    study = small_study()
    study.records += [
        Topic(id=f"t-{kind}", key="Panel", source_type=kind, themes=("t-none",)) for kind in ("parent", "practitioner")
    ]
    assert cell(chart(study.snapshot()), "F2", "Not found").state == "not yet confirmed"

    def said(first: Asking, second: Asking) -> str:
        asked = [
            Asked(id=asked_id(document, topic), document=document, topic=topic, asked=verdict, coder="ak")
            for document, topic, verdict in (
                ("d-P1 first", "t-parent", first),
                ("d-P1 second", "t-parent", second),
                ("d-K1 key worker", "t-practitioner", "not asked"),
            )
        ]
        return cell(chart(replace(study.snapshot(), asked=tuple(asked))), "F2", "Not found").state

    assert said("asked", "not asked") == "asked, not raised"
    assert said("not asked", "not asked") == "not asked"


def test_rows_may_be_source_types_or_the_values_of_an_attribute() -> None:
    study = small_study()
    study.records.append(Attribute(id=attribute_id("f10", "isolation"), case="f10", name="isolation", value="yes"))
    snapshot = study.snapshot()
    assert [r.label for r in chart(snapshot, rows="source type").rows] == [
        "parent", "practitioner", "partner", "case file",
    ]  # fmt: skip
    grouped = chart(snapshot, rows="Isolation")
    assert [r.label for r in grouped.rows] == ["isolation: no", "isolation: yes"]
    assert len(cell(grouped, "isolation: no", "A worker").passages) == 4
    # What is not known is a group of its own: missing is not no. Families without documents are no row.
    assert [r.label for r in chart(snapshot, rows="referred").rows] == ["referred: before birth", "referred: not known"]
    with pytest.raises(UsageError, match="No family has an attribute"):
        chart(snapshot, rows="shoe size")


def test_a_part_of_the_matrix_is_chosen_by_themes_and_families() -> None:
    found = chart(small_study().snapshot(), themes={"t-trust"}, cases={"f2"})
    assert ([r.label for r in found.rows], [t.name for t in found.themes]) == (["F2"], ["Trust"])
    assert [section.key for section in found.sections] == ["2"]


def test_the_next_gap_goes_on_from_a_cell_and_begins_anew() -> None:
    snapshot = with_summary(small_study().snapshot(), "F2", "A worker")
    found = chart(snapshot)
    first = found.next_gap()
    assert first is not None
    assert (first[0].label, first[1].name) == ("F2", "Trust")
    last = found.next_gap((first[0].id, first[1].id, first[2]))
    assert last is not None
    assert last[0].label == "F10"
    again = found.next_gap(("f10", "t-none", ""))
    assert again is not None
    assert again[0].label == "F2"


def test_two_groups_stand_side_by_side_with_their_families_named() -> None:
    study = small_study()
    study.records.append(Attribute(id=attribute_id("f10", "isolation"), case="f10", name="isolation", value="yes"))
    snapshot = study.snapshot()
    sides = side_by_side(chart(snapshot), snapshot, "isolation", "yes", "no")
    by_theme = {theme.name: (one, other) for theme, one, other in sides.themes}
    assert by_theme["Trust"][0].speaking == ()
    assert by_theme["Trust"][1].speaking == ("F2",)
    assert by_theme["A worker"][1].negative == ("F2",)
    with pytest.raises(UsageError, match="isolation: perhaps"):
        side_by_side(chart(snapshot), snapshot, "isolation", "yes", "perhaps")
