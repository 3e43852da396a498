"""Word files made by hand, part by part: what is tracked, boxed, tabled, damaged or dangerous."""

import time
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import docx
import pytest

from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents import read_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def word(
    folder: Path,
    body: str,
    *,
    styles: str = "",
    head: str = "",
    name: str = "made.docx",
    parts: Mapping[str, str] | None = None,
) -> Path:
    """Write a Word file with this XML as its body."""
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Type="{RELATION}" Target="word/document.xml"/></Relationships>',
        )
        package.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>',
        )
        if styles:
            package.writestr("word/styles.xml", f'<w:styles xmlns:w="{W}">{styles}</w:styles>')
        for part, content in (parts or {}).items():
            package.writestr(f"word/{part}.xml", content)
    return path


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def test_a_dialogue_in_paragraphs_is_read(tmp_path: Path) -> None:
    draft = read_document(word(tmp_path, p("I: Why?") + p("P07: Because.") + p("") + p("And so.") + p("I: Oh.")))
    assert draft.text == "I: Why?\n\nP07: Because.\n\nAnd so.\n\nI: Oh."
    assert [(turn.speaker, draft.text[turn.start : turn.end]) for turn in draft.turns] == [
        ("I", "Why?"),
        ("P07", "Because.\n\nAnd so."),
        ("I", "Oh."),
    ]


def test_insertions_moves_and_controls_are_kept_and_deletions_left_out(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>She </w:t></w:r><w:ins><w:r><w:t>really </w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>gone </w:t></w:r></w:moveFrom>"
        "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>came </w:t></w:r></w:sdtContent></w:sdt>"
        "<w:hyperlink><w:r><w:t>home</w:t></w:r></w:hyperlink><w:moveTo><w:r><w:t> early</w:t></w:r></w:moveTo></w:p>"
        f"<w:sdt><w:sdtContent>{p('In a box of its own.')}</w:sdtContent></w:sdt>"
    )
    draft = read_document(word(tmp_path, body))
    assert draft.text == "She really came home early\n\nIn a box of its own."
    assert "tracked insertions (2) are taken as accepted" in draft.warnings
    assert draft.left_out == ("tracked deletions (2)",)


def test_a_deleted_paragraph_mark_joins_what_it_divided(tmp_path: Path) -> None:
    draft = read_document(word(tmp_path, p("One ", "<w:rPr><w:del/></w:rPr>") + p("sentence.") + p("Next.")))
    assert draft.text == "One sentence.\n\nNext."


def test_tabs_breaks_and_special_hyphens_stay(tmp_path: Path) -> None:
    body = (
        '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>I</w:t><w:tab/><w:t>Why</w:t><w:br/>'
        "<w:t>then?</w:t></w:r></w:p><w:p><w:r><w:t>P07</w:t><w:tab/><w:t>Well</w:t><w:noBreakHyphen/><w:t>so</w:t>"
        "</w:r></w:p>"
    )
    draft = read_document(word(tmp_path, body))
    assert draft.text == "I\tWhy\nthen?\n\nP07\tWell\u2011so"
    assert [turn.speaker for turn in draft.turns] == ["I", "P07"]


def test_a_table_of_speakers_and_words_is_a_dialogue(tmp_path: Path) -> None:
    table = "".join(
        [
            row(p("Time"), p("Speaker"), p("Words")),
            row(p("00:00:05"), p("INT"), p("How are you?")),
            row(p("00:00:09"), p("P07"), p("Fine.") + p("And more.")),
            row(p("00:00:20"), p("INT"), p("Oh.")),
        ]
    )
    draft = read_document(word(tmp_path, f"<w:tbl>{table}</w:tbl>"))
    assert [(turn.speaker, draft.text[turn.start : turn.end], turn.time) for turn in draft.turns] == [
        ("", "Time | Speaker | Words", None),
        ("INT", "How are you?", 5.0),
        ("P07", "Fine.\nAnd more.", 9.0),
        ("INT", "Oh.", 20.0),
    ]


def test_a_form_in_a_table_gives_a_turn_a_row(tmp_path: Path) -> None:
    table = row(p("Family"), p("F07")) + row(p("Mother"), p("anxious") + p("tired")) + row(p("Plan"), p("weekly"))
    draft = read_document(word(tmp_path, p("Plan") + f"<w:tbl>{table}</w:tbl>" + p("Signed.")))
    words = [draft.text[turn.start : turn.end] for turn in draft.turns]
    assert words[-4:] == ["Family | F07", "Mother | anxious\ntired", "Plan | weekly", "Signed."]
    assert {turn.speaker for turn in draft.turns} == {""}
    assert draft.kind == "case file"


def test_rows_inserted_stay_and_rows_deleted_go(tmp_path: Path) -> None:
    gone = "<w:tr><w:trPr><w:del/></w:trPr><w:tc>" + p("old") + "</w:tc><w:tc>" + p("row") + "</w:tc></w:tr>"
    table = row(p("a"), p("b")) + gone + f"<w:sdt><w:sdtContent>{row(p('c'), p('d'))}</w:sdtContent></w:sdt>"
    assert read_document(word(tmp_path, f"<w:tbl>{table}</w:tbl>")).text == "a | b\nc | d"


def test_heading_styles_are_sections_whatever_they_are_called(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Ours"/><w:basedOn w:val="berschrift1"/></w:style>'
    )
    body = (
        p("How it began", '<w:pStyle w:val="berschrift1"/>')
        + p("I: Hello?")
        + p("P07: Yes.")
        + p("The house.", '<w:pStyle w:val="Own"/>')
        + p("Damp, as told.")
        + p("Later on", '<w:outlineLvl w:val="1"/>')
        + p("P07: Dry.")
    )
    draft = read_document(word(tmp_path, body, styles=styles))
    assert [(turn.section, turn.speaker) for turn in draft.turns] == [
        ("How it began", "I"),
        ("How it began", "P07"),
        ("The house.", ""),
        ("Later on", "P07"),
    ]


def test_short_bold_paragraphs_are_headings_and_bold_questions_are_not(tmp_path: Path) -> None:
    def bold(text: str) -> str:
        return f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>"

    draft = read_document(word(tmp_path, bold("Her views") + p("She likes it.") + bold("Is that so?") + p("Yes.")))
    assert [(turn.section, draft.text[turn.start : turn.end]) for turn in draft.turns] == [
        ("Her views", "She likes it."),
        ("Her views", "Is that so?"),
        ("Her views", "Yes."),
    ]


def test_words_in_a_text_box_come_once(tmp_path: Path) -> None:
    box = "<w:txbxContent>" + p("Boxed.") + "</w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>Before.</w:t><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>" + p("After.")
    )
    assert read_document(word(tmp_path, body)).text == "Before.\n\nBoxed.\n\nAfter."


def test_field_codes_are_left_out_and_their_results_kept(tmp_path: Path) -> None:
    body = "<w:p><w:r><w:instrText>PAGE </w:instrText></w:r><w:fldSimple><w:r><w:t>12</w:t></w:r></w:fldSimple></w:p>"
    assert read_document(word(tmp_path, body)).text == "12"


def test_comments_are_counted_and_left_out(tmp_path: Path) -> None:
    body = "<w:p><w:r><w:t>Words.</w:t><w:commentReference/></w:r><w:r><w:commentReference/></w:r></w:p>"
    draft = read_document(word(tmp_path, body))
    assert (draft.text, draft.left_out) == ("Words.", ("comments (2)",))


def test_footnotes_and_endnotes_stand_at_the_end_and_are_nobodys(tmp_path: Path) -> None:
    def notes(kind: str, number: int, text: str) -> str:
        return (
            f'<w:{kind}s xmlns:w="{W}"><w:{kind} w:type="separator" w:id="-1">{p("")}</w:{kind}>'
            f'<w:{kind} w:id="{number}"><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t> {text}</w:t></w:r></w:p></w:{kind}></w:{kind}s>'
        )

    def mark(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    body = (
        p("I: Why?")
        + f"<w:p><w:r><w:t>P07: They said</w:t></w:r>{mark('footnote', 4)}<w:r><w:t> so.</w:t></w:r></w:p>"
        + f"<w:p><w:r><w:t>I: Oh.</w:t></w:r>{mark('endnote', 7)}</w:p>"
    )
    parts = {"footnotes": notes("footnote", 4, "In May."), "endnotes": notes("endnote", 7, "She laughs.")}
    draft = read_document(word(tmp_path, body, parts=parts))
    assert draft.text == (
        "I: Why?\n\nP07: They said[1] so.\n\nI: Oh.[2]\n\nFootnotes\n\n[1] In May.\n\n[2] She laughs."
    )
    assert [(turn.speaker, turn.section) for turn in draft.turns] == [
        ("I", ""),
        ("P07", ""),
        ("I", ""),
        ("", "Footnotes"),
        ("", "Footnotes"),
    ]
    assert "its footnotes (2) stand at the end, under “Footnotes”" in draft.warnings


def test_pictures_hidden_words_and_page_headers_are_left_out_and_said(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>Seen.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>Unseen.</w:t></w:r>"
        "<w:r><w:drawing><w:pic/></w:drawing></w:r></w:p>"
    )
    header = f'<w:hdr xmlns:w="{W}">{p("Strictly private")}</w:hdr>'
    draft = read_document(word(tmp_path, body, parts={"header1": header}))
    assert draft.text == "Seen."
    assert draft.left_out == ("pictures (1)", "hidden words (1)", "page headers and footers (1)")
    number = f'<w:ftr xmlns:w="{W}">{p("Page 1 of 2")}</w:ftr>'
    assert read_document(word(tmp_path, p("Words."), parts={"footer1": number})).left_out == ()


def test_what_python_docx_writes_is_read(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("Interview", 1)
    made.add_paragraph("Interviewer: How?")
    made.add_paragraph("P07: So.")
    made.save(str(tmp_path / "made.docx"))
    draft = read_document(tmp_path / "made.docx")
    assert [(turn.speaker, turn.section) for turn in draft.turns] == [
        ("Interviewer", "Interview"),
        ("P07", "Interview"),
    ]


def test_a_doctype_is_refused(tmp_path: Path) -> None:
    entity = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
    with pytest.raises(BadInput, match="DOCTYPE"):
        read_document(word(tmp_path, p("&a;"), head=entity))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = word(tmp_path, p(" " * 50_000_000))
    assert path.stat().st_size < 100_000
    begun = time.perf_counter()
    with pytest.raises(BadInput, match="grows beyond all measure"):
        read_document(path)
    assert time.perf_counter() - begun < 10


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"Interviewer: just a text", "is no zip archive"),
        (b"PK\x03\x04 and then nothing", "is no zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word file, or has a password"),
        (b"", "is empty"),
    ],
)
def test_what_is_no_word_file_says_so(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "not.docx"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=message) as problem:
        read_document(path)
    assert "not.docx" in problem.value.message
    assert problem.value.exit_code == 3


def test_damaged_word_files_say_so(tmp_path: Path) -> None:
    whole = word(tmp_path, p("Words. " * 500)).read_bytes()
    for end in range(10, len(whole), 37):
        (tmp_path / "cut.docx").write_bytes(whole[:end])
        with pytest.raises(BadInput):
            read_document(tmp_path / "cut.docx")
    for place in range(30, len(whole), 7):
        (tmp_path / "hurt.docx").write_bytes(whole[:place] + b"\xff\x00\xff" + whole[place + 3 :])
        with suppress(BadInput):
            assert read_document(tmp_path / "hurt.docx").text.startswith("Words. ")


def test_another_kind_of_archive_is_no_word_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "sheet.docx", "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(BadInput, match="not a Word file"):
        read_document(tmp_path / "sheet.docx")
    with pytest.raises(BadInput, match="XML cannot be read"):
        read_document(word(tmp_path, "<w:p>"))
    with pytest.raises(BadInput, match="no words"):
        read_document(word(tmp_path, p(" ")))


def test_ten_word_files_are_read_in_a_moment(tmp_path: Path) -> None:
    """4,000 words each, as the transcripts of an hour have."""
    turns = "".join(p("I: " + "word " * 20) + p("P07: " + "word " * 60) for _ in range(50))
    path = word(tmp_path, turns)
    begun = time.process_time()
    for _ in range(10):
        read_document(path)
    assert time.process_time() - begun < 3
