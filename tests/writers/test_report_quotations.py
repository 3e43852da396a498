"""Whose words a report may quote."""

from tbcp_qual.analysis.passages import Passage
from tbcp_qual.coding.records import Document, Participant, ProjectInfo, Turn
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span
from tbcp_qual.writers.report.quotations import Quotations


def test_words_of_an_earlier_text_are_as_strict_as_anybody_who_speaks_there() -> None:
    now = Snapshot(
        project=ProjectInfo(id="p", name="Study"),
        viewer="",
        texts={"t": "x" * 40},
        participants=(
            Participant(id="a", label="P01", permission="quote"),
            Participant(id="b", label="P02", permission="paraphrase only"),
        ),
        documents=(Document(id="d", name="both", text="t"),),
        turns=(
            Turn(id="1", document="d", text="t", head=0, start=0, end=20, speaker="P01", participant="a"),
            Turn(id="2", document="d", text="t", head=20, start=20, end=40, speaker="P02", participant="b"),
        ),
    )
    passage = Passage(
        reference="both.1", source="both", document="d", source_type="", about=(), span=Span(2, 8), words="gone!!",
        codes=(), coders=(), negative=False, codings=("c",), placed=True,
    )  # fmt: skip
    quotes = Quotations(now, beyond=True, voices={})
    assert quotes.quotable(passage)
    assert not quotes.quotable(passage._replace(placed=False))
    assert quotes.cite(passage._replace(placed=False)) is None
