"""The sample's round of double coding: locked before anybody saw the other's work, and begun to be reconciled."""

import pytest

from tbcp_qual.tasks.consensus import upshot
from tbcp_qual.tasks.reconciling import open_reconciliation
from tests.sample.conftest import TRANSCRIPTS, Demo, table

pytestmark = pytest.mark.xdist_group("sample")


def test_the_round_was_blind_and_its_first_differences_are_settled_each_with_a_reason(demo: Demo) -> None:
    (made,) = demo.project.records("round")
    rows = table(TRANSCRIPTS / "decisions.csv")
    opened = open_reconciliation(demo.project, made.name, viewer=demo.viewer)
    codings = {row["document"] for row in table(TRANSCRIPTS / "codings" / "RM.csv")}
    assert (made.blind, bool(made.locked)) == (True, True)
    assert {demo.snapshot.document_by_id[id_].name for id_ in made.documents} == codings
    assert len(opened.decisions) == len(rows) >= 15
    assert {decision.reason for decision in opened.decisions.values()} == {row["reason"] for row in rows}
    assert all(decision.words for decision in opened.decisions.values())
    assert upshot(opened).account.settled == len(rows)


def test_the_framework_was_kept_before_double_coding_and_what_coders_added_is_provisional_still(demo: Demo) -> None:
    (version,) = demo.project.records("version")
    assert version.number == 1
    assert {code.origin for code in demo.project.records("code") if code.status == "provisional"} == {
        "in vivo",
        "inductive",
    }


def test_the_demo_ends_with_the_report(demo: Demo) -> None:
    assert demo.built.report.stat().st_size > 50_000
    assert "quotations" in demo.built.holds
