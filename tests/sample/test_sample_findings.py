"""What the sample study comes to: every citation is found, nothing claims too much, and it is a study one can argue with."""

from tbcp_qual.analysis.confidence import overclaims
from tbcp_qual.analysis.evidence import Evidences
from tbcp_qual.analysis.framework import chart
from tbcp_qual.analysis.triangulation import triangulate_finding
from tests.sample.conftest import REPOSITORY, TRANSCRIPTS, Demo


def test_at_least_forty_cells_are_charted_and_cite_passages_that_are_there(demo: Demo) -> None:
    found = chart(demo.snapshot)
    charted = [cell for cell in found.cells.values() if cell.summary]
    assert len(charted) >= 40
    assert found.stale() == 0
    assert all(cell.cited and not cell.lost for cell in charted)


def test_a_parent_heard_twice_is_charted_wave_by_wave(demo: Demo) -> None:
    waves = {summary.wave for summary in demo.snapshot.summaries}
    assert waves == {"", "first", "second", "change"}


def test_each_finding_has_passages_on_both_sides_or_says_why_not(demo: Demo) -> None:
    evidences = Evidences(demo.snapshot)
    lines = [evidences.finding(finding) for finding in demo.snapshot.findings]
    assert len(lines) >= 10
    assert all(line.supporting and line.questions and line.themes and not line.lost for line in lines)
    assert sum(bool(line.negative) for line in lines) >= 9
    unexplained = [line.finding.key for line in lines if line.proposal.unexplained]
    assert unexplained == ["4", "8"]
    # People judge, and not always as the rule proposes.
    assert any(line.finding.confidence != line.proposal.confidence for line in lines)
    assert any(line.proposal.searches for line in lines)


def test_every_question_is_answered_with_its_confidence_and_caveats(demo: Demo) -> None:
    for board in Evidences(demo.snapshot).boards():
        assert board.answer is not None, board.question.key
        assert board.answer.confidence
        assert board.answer.caveats
        assert board.findings


def test_two_people_judged_how_sources_bear_on_findings_and_do_not_agree_on_all(demo: Demo) -> None:
    evidences = Evidences(demo.snapshot)
    open_ = [
        bearing.open
        for finding in demo.snapshot.findings
        for bearing in triangulate_finding(evidences, evidences.finding(finding)).bearings
    ]
    assert open_.count("") >= 20
    assert open_.count("they differ") >= 3


def test_nothing_in_it_claims_more_than_a_study_without_a_comparison_group_can() -> None:
    words = (TRANSCRIPTS / "findings.yaml").read_text(encoding="utf-8")
    assert overclaims(words) == []


def test_our_own_words_are_change_and_promise() -> None:
    allowed = {"confidence.py", "labels.py", "ordinary_words.txt"}
    for path in sorted((REPOSITORY / "tbcp_qual").rglob("*")):
        if path.suffix in (".py", ".txt", ".tcss") and path.name not in allowed:
            assert "impact" not in path.read_text(encoding="utf-8").casefold(), path.name
