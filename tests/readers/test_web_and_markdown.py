"""Web pages and Markdown: their words, without what only a program reads."""

from pathlib import Path

import pytest

from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents import Draft, Source, read_source


def read(text: str | bytes, suffix: str) -> Draft:
    content = text if isinstance(text, bytes) else text.encode()
    return read_source(Source(path=Path(f"a{suffix}"), content=content))


def test_blocks_rows_and_breaks_of_a_page_are_read_and_the_rest_is_not() -> None:
    page = (
        "<!DOCTYPE html><html><head><title>no</title><style>p{}</style></head><body><h2>Her\n views</h2>"
        "<p>She <b>likes</b>\n it.<br>So.</p><script>no()</script><!-- no --><ul><li>One<li>Two</ul>"
        "<table><tr><th>INT<td>Why?</tr><tr><td>P07</td><td><p>Well</p><p>then.</p></td></tr><tr><td>INT<td>Oh.</table>"
        "<img src=x><del>gone</del><pre>a\n  b</pre></body></html>"
    )
    draft = read(page, ".html")
    assert draft.text == (
        "Her views\n\nShe likes it.\nSo.\n\n- One\n\n- Two\n\nINT | Why?\nP07 | Well\nthen.\nINT | Oh.\n\na\n  b"
    )
    assert draft.left_out == ("tracked deletions (1)", "pictures (1)")
    assert [turn.speaker for turn in draft.turns if turn.speaker] == ["INT", "P07", "INT"]


def test_no_word_of_a_table_inside_a_table_is_lost() -> None:
    page = "<html><table><tr><td>a<table><tr><td>b<td>c</tr></table>d</td><td>e</td></tr></table>f</html>"
    assert "".join(read(page, ".html").text.replace("|", "").split()) == "abcdef"


def test_a_page_says_its_own_encoding() -> None:
    page = "<html><meta charset='windows-1252'><p>INT: Café – naïve?</p><p>P07: £5</p></html>"
    draft = read(page.encode("cp1252"), ".html")
    assert draft.text == "INT: Café – naïve?\n\nP07: £5"
    assert draft.warnings == ()


def test_a_page_nested_without_end_is_refused_and_text_is_no_page() -> None:
    with pytest.raises(BadInput, match="nested too deeply"):
        read("<html>" + "<div>" * 5000 + "x" + "</div>" * 5000, ".html")
    with pytest.raises(BadInput, match="is not a web page"):
        read("INT: Why?\nP07: Because.\n", ".html")


def test_control_characters_given_as_entities_do_not_get_through() -> None:
    draft = read("<html><p>a&#27;[31mb&#8238;c</p></html>", ".html")
    assert not set(draft.text) & {"\x1b", "\u202e"}


def test_marks_of_markdown_go_and_its_words_stay() -> None:
    text = (
        "# Interview *P07*\n\n**INT:** How *are* you?\n**P07:** Fine, 2 \\* 3 <br>[laughs] `so`.\n\n"
        "    [P08]: goes on\n\n> quoted\n\n- one\n- two\n\n3. three\n4. four\n\n***\n\n"
        "| Who | What |\n|---|---|\n| INT | Hi |\n| P07 | Yes |\n\n![a picture](x.png)\n\n<div>boxed</div>\n"
    )
    draft = read(text, ".md")
    assert draft.text == (
        "Interview P07\n\nINT: How are you?\nP07: Fine, 2 * 3\n[laughs] so.\n\n[P08]: goes on\n\nquoted\n\n- one\n\n- two\n\n"
        "3. three\n\n4. four\n\nWho | What\nINT | Hi\nP07 | Yes\n\nboxed"
    )
    assert draft.turns[0].section == "Interview P07"
    assert draft.left_out == ("HTML tags (3)", "pictures (1)")


def test_a_speaker_in_angle_brackets_is_no_tag() -> None:
    draft = read("<INT> Why?\n\n<P07> Because.\n\n<INT> Oh.\n\n<P07> Yes.\n", ".md")
    assert [turn.speaker for turn in draft.turns] == ["INT", "P07"] * 2


def test_a_paragraph_that_would_take_hours_is_taken_as_it_is() -> None:
    assert read("![" * 200_000, ".md").text == "![" * 200_000
