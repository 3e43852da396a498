"""Summaries and evidence tell what somebody coded: while a round is blind they are seen by whoever wrote them alone."""

import pytest

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Case, Question, Round, Theme
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import Conflict
from tbcp_qual.store.asking import HIDDEN
from tbcp_qual.tasks.charting import write_summary
from tbcp_qual.tasks.conflicts import visible
from tbcp_qual.tasks.evidence import add_evidence, add_finding
from tests.conftest import Sample


@pytest.fixture
def charted(sample: Sample) -> Sample:
    """AK has coded P07, summed it up and brought a passage forward; then a blind round of AK and RM is opened."""
    project, case = sample.project, Case(id=new_id(), label="F07")
    theme = Theme(id=new_id(), name="A worker who stays", codes=(sample.listened.id,))
    question = Question(id=new_id(), key="2", text="How?")
    themed = [create(case), create(question), create(theme), update(sample.document, cases=(case.id,))]
    project.apply("study", themed, coder="")
    now = project.snapshot(sample.ak.id)
    place = Span(sample.TEXT.index("She just"), sample.TEXT.index("She just") + 21)
    coded = edits.apply_code(
        now.codings, now.codebook, document=now.documents[0], span=place, code=sample.listened, coder=sample.ak.id
    )
    project.apply("coded", coded, coder=sample.ak.id)
    write_summary(project, "F07", "A worker", "Quiet company.", coder=sample.ak.id, cites=["P07.2"])
    add_finding(project, "Company comes first.", coder=sample.ak.id, questions=["2"], themes=["A worker"])
    add_evidence(project, "1", ["P07.2"], coder=sample.ak.id, negative=True, explained="explained by weather")
    blind = Round(id=new_id(), name="1", documents=(sample.document.id,), coders=(sample.ak.id, sample.rm.id))
    project.apply("round opened", [create(blind)], coder="")
    project.index()
    return sample


def test_what_rests_on_blind_documents_is_seen_by_its_writer_alone(charted: Sample) -> None:
    project, ak, rm = charted.project, charted.ak.id, charted.rm.id
    assert [s.words for s in project.snapshot(ak).summaries] == ["Quiet company."]
    assert len(project.snapshot(ak).evidence) == 1
    for viewer in (rm, ""):
        now = project.snapshot(viewer)
        assert (now.summaries, now.evidence) == ((), ())
        assert len(now.findings) == 1
        assert project.find(viewer, "quiet OR weather")[0] == []
    assert {hit.kind for hit in project.find(ak, "quiet OR weather")[0]} == {"summary", "evidence"}


def test_the_history_tells_the_other_coder_neither_what_nor_where(charted: Sample) -> None:
    labels = [deed.revision.label for deed in charted.project.history(viewer=charted.rm.id)]
    assert not [label for label in labels if label.startswith(("summary", "negative"))]
    assert labels.count(HIDDEN) == 3
    assert "summary: F07 × A worker who stays" in [
        deed.revision.label for deed in charted.project.history(viewer=charted.ak.id)
    ]


def test_a_merge_report_counts_only_what_may_be_seen(charted: Sample) -> None:
    kinds = {kind for kind, _ in visible(charted.project, charted.ak.id)}
    assert {"summary", "evidence"} <= kinds
    assert {"summary", "evidence"}.isdisjoint({kind for kind, _ in visible(charted.project, charted.rm.id)})


def test_nobody_writes_over_a_summary_they_may_not_see(charted: Sample) -> None:
    project, rm = charted.project, charted.rm.id
    with pytest.raises(Conflict, match="Somebody else has summed up F07"):
        write_summary(project, "F07", "A worker", "Mine.", coder=rm)
    assert [s.words for s in project.snapshot(charted.ak.id).summaries] == ["Quiet company."]
