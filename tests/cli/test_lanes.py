"""Passages drawn with their lanes: every word once, no row too wide, marks under the very characters."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tbcp_qual.cli.lanes import draw, rows
from tbcp_qual.coding.spans import Span
from tbcp_qual.tasks.differing import Lane, Line, Shown


@given(st.text(alphabet=" \nab家é\u0301😀[", max_size=80), st.integers(2, 20))
def test_rows_hold_every_character_but_the_spaces_between_them(text: str, width: int) -> None:
    found = rows(text, width)
    assert [c for start, end in found for c in text[start:end] if c not in " \n"] == [c for c in text if c not in " \n"]
    assert all(end <= start for (_, end), (start, _) in pairwise(found))
    assert all(cell_len(text[start:end]) <= width for start, end in found)


def test_words_are_kept_whole_where_they_fit() -> None:
    text = "she just sat with me"
    assert [text[start:end] for start, end in rows(text, 9)] == ["she just", "sat with", "me"]


def shown(text: str, *lanes: tuple[str, int, int, bool]) -> Shown:
    line = Line(
        id="0" * 32,
        label="P07",
        document="P07",
        kind="missed",
        codes=(),
        difference="",
        others=0,
        words="",
        findings=(),
        decision=None,
    )
    return Shown(
        line=line,
        text=text,
        passage=Span(0, len(text)),
        lanes=tuple(
            Lane(
                coders=(who,),
                numbers=(1,),
                code="Trust",
                code_id="t",
                start=start,
                end=end,
                memos=(),
                at_issue=at_issue,
            )
            for who, start, end, at_issue in lanes
        ),
        differences=(),
        definitions=(),
        like_this=(),
        proposed_reason="oversight",
    )


def test_marks_stand_under_wide_and_combined_characters(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    text = "家家 cafe\u0301 sat\there"
    draw(shown(text, ("AK", 3, 8, True), ("RM", 9, 100, False)), "")
    lines = capsys.readouterr().out.splitlines()
    at = lines.index("    家家 cafe\u0301 sat here")
    assert lines[at + 1] == "  a      ━━━━"
    assert lines[at + 2] == "  b           ········"
    assert "  b RM: Trust   (another passage)" in lines
