"""OpenDocument, RTF and Word beside each other: what each keeps, counts or refuses."""

import zipfile
from pathlib import Path

import odfdo
import pytest
from striprtf.striprtf import rtf_to_text

from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents import Draft, read_document

from .making import packed

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
NAMESPACES = (
    f'xmlns:office="{OFFICE}" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:fo"'
)


def odt(folder: Path, body: str, *, styles: str = "", head: str = "", manifest: str = "<m/>", pages: str = "") -> Path:
    """Write an OpenDocument text with this XML as its body."""
    content = (
        f"{head}<office:document-content {NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    parts = {"content.xml": content, "META-INF/manifest.xml": manifest}
    if pages:
        parts["styles.xml"] = f"<office:document-styles {NAMESPACES}>{pages}</office:document-styles>"
    return packed(folder / "made.odt", dict(parts))


def rich(folder: Path, body: str) -> Path:
    path = folder / "made.rtf"
    path.write_bytes(rf"{{\rtf1\ansi\ansicpg1252{body}}}".encode("latin-1"))
    return path


def words(draft: Draft) -> list[tuple[str, str]]:
    return [(turn.section, draft.text[turn.start : turn.end]) for turn in draft.turns]


TABLE = "<table:table-row>{}</table:table-row>"
CELL = "<table:table-cell><text:p>{}</text:p></table:table-cell>"


def test_headings_lists_tables_and_spaces_of_an_odt_are_read(tmp_path: Path) -> None:
    row = TABLE.format(CELL.format("INT") + CELL.format("Why?"))
    other = TABLE.format(CELL.format("P07") + CELL.format("Because."))
    body = (
        "<text:h>Her views</text:h><text:p>She<text:s text:c='2'/>likes<text:tab/>it.<text:line-break/>So.</text:p>"
        "<text:list><text:list-item><text:p>One.</text:p></text:list-item></text:list>"
        f"<table:table>{row}<table:table-header-rows>{other}</table:table-header-rows>{row}{other}</table:table>"
    )
    draft = read_document(odt(tmp_path, body))
    assert draft.text == (
        "Her views\n\nShe  likes\tit.\nSo.\n\nOne.\n\nINT | Why?\nP07 | Because.\nINT | Why?\nP07 | Because."
    )
    assert [turn.speaker for turn in draft.turns][-2:] == ["INT", "P07"]


def test_bold_paragraphs_and_styles_of_an_odt_are_headings(tmp_path: Path) -> None:
    styles = (
        '<style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="P1" style:parent-style-name="Title"/>'
    )
    body = (
        '<text:p text:style-name="P1">Review</text:p><text:p>Held.</text:p>'
        '<text:p><text:span text:style-name="T1">Next steps</text:span></text:p><text:p>Visit.</text:p>'
        '<text:p><text:span text:style-name="T1">Note</text:span> that she came.</text:p>'
    )
    draft = read_document(odt(tmp_path, body, styles=styles))
    assert words(draft) == [("Review", "Held."), ("Next steps", "Visit."), ("Next steps", "Note that she came.")]


def test_notes_comments_and_tracked_changes_of_an_odt_are_kept_or_counted(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region><text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>"
        "<text:p>Said<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>In May.</text:p>"
        "</text:note-body></text:note> so<office:annotation><text:p>ask her</text:p></office:annotation>."
        "<draw:frame><draw:image/></draw:frame></text:p>"
    )
    pages = (
        "<office:master-styles><style:master-page><style:header><text:p>Strictly private</text:p></style:header>"
        "</style:master-page></office:master-styles>"
    )
    draft = read_document(odt(tmp_path, body, pages=pages))
    assert draft.text == "Said[1] so.\n\nFootnotes\n\n[1] In May."
    assert draft.left_out == ("tracked deletions (1)", "comments (1)", "pictures (1)", "page headers and footers (1)")
    assert "tracked insertions (1) are taken as accepted" in draft.warnings


def test_what_odfdo_writes_is_read(tmp_path: Path) -> None:
    made = odfdo.Document("text")
    made.body.clear()
    made.body.append(odfdo.Header(1, "Interview"))
    for line in ("INT: Why?", "P07: Because.", "INT: Oh."):
        made.body.append(odfdo.Paragraph(line))
    made.save(tmp_path / "made.odt")
    draft = read_document(tmp_path / "made.odt")
    assert [(turn.speaker, turn.section) for turn in draft.turns] == [(s, "Interview") for s in ("INT", "P07", "INT")]


def test_an_odt_with_a_password_a_doctype_or_another_content_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="has a password"):
        read_document(odt(tmp_path, "<text:p>x</text:p>", manifest="<m><encryption-data/></m>"))
    with pytest.raises(BadInput, match="DOCTYPE"):
        read_document(odt(tmp_path, "<text:p>&a;</text:p>", head='<!DOCTYPE x [<!ENTITY a "b">]>'))
    with pytest.raises(BadInput, match="not an OpenDocument text"):
        read_document(packed(tmp_path / "sheet.odt", {"content.xml": f'<d xmlns:office="{OFFICE}"><office:body/></d>'}))
    with pytest.raises(BadInput, match="grows beyond all measure"):
        read_document(odt(tmp_path, f"<text:p>{' ' * 30_000_000}</text:p>"))


def test_a_number_of_spaces_beyond_reason_makes_no_large_text(tmp_path: Path) -> None:
    draft = read_document(odt(tmp_path, "<text:p>a<text:s text:c='2000000000'/>b</text:p>"))
    assert len(draft.text) < 200


def test_paragraphs_breaks_and_letters_of_rtf_are_read(tmp_path: Path) -> None:
    body = (
        r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Cyr;}}{\colortbl;\red1;}{\info{\author Nobody}}"
        r"\pard INT:\tab Caf\'e9 \u8211\'96 \ldblquote so\rdblquote ?\par\pard P07:\tab\f1 \'cf\'f0\f0\line yes\par"
    )
    draft = read_document(rich(tmp_path, body))
    assert draft.text == "INT:\tCafé – “so”?\n\nP07:\tПр\nyes"
    assert [turn.speaker for turn in draft.turns] == ["INT", "P07"]


def test_headings_and_tables_of_rtf_are_read(tmp_path: Path) -> None:
    row = r"\trowd\pard\intbl {}\cell\pard\intbl {}\cell\row"
    body = (
        r"{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\*\cs2 heading 1 Char;}}"
        r"\pard\s1 Her views\par\pard\s0 She likes it.\par"
        + row.format("INT", "Why?")
        + row.format("P07", r"Well\par then.")
        + row.format("INT", "Oh.")
        + r"\pard\outlinelevel0 Later on\par\pard Done.\par\pard{\b Next steps}\par\pard Visit.\par"
    )
    draft = read_document(rich(tmp_path, body))
    assert [(turn.section, turn.speaker, draft.text[turn.start : turn.end]) for turn in draft.turns] == [
        ("Her views", "", "She likes it."),
        ("Her views", "INT", "Why?"),
        ("Her views", "P07", "Well\nthen."),
        ("Her views", "INT", "Oh."),
        ("Later on", "", "Done."),
        ("Next steps", "", "Visit."),
    ]


def test_what_rtf_holds_besides_is_kept_or_counted(tmp_path: Path) -> None:
    body = (
        r"{\header Strictly private\par}\pard Said{\footnote\pard In {\b May}.}"
        r" {\*\annotation ask her}so{\v unseen}{\deleted gone}{\revised  indeed}.{\pict 0102}{\*\unknown x}\par"
        r"{\field{\*\fldinst PAGE}{\fldrslt 12}}\par"
    )
    draft = read_document(rich(tmp_path, body))
    assert draft.text == "Said[1] so indeed.\n\n12\n\nFootnotes\n\n[1] In May."
    assert draft.left_out == (
        "tracked deletions (1)",
        "comments (1)",
        "pictures (1)",
        "hidden words (1)",
        "page headers and footers (1)",
    )


def test_binary_in_rtf_is_passed_over_and_endless_groups_are_refused(tmp_path: Path) -> None:
    assert read_document(rich(tmp_path, r"\pard a{\pict\bin5 }}}}}}b\par")).text == "ab"
    with pytest.raises(BadInput, match="groups are 500 deep"):
        read_document(rich(tmp_path, "{" * 100_000))
    (tmp_path / "plain.rtf").write_text("INT: Why?\nP07: Because.\n")
    with pytest.raises(BadInput, match="is not rich text"):
        read_document(tmp_path / "plain.rtf")


def test_no_word_that_striprtf_finds_in_a_real_file_is_lost(shared_data: Path) -> None:
    path = shared_data / "transcripts" / "formats" / "learning_sciences_overview.rtf"
    theirs = rtf_to_text(path.read_text(encoding="cp1252"), encoding="cp1252")
    assert read_document(path).text.split() == theirs.split()


def test_no_word_of_the_real_odt_is_lost(shared_data: Path) -> None:
    path = shared_data / "transcripts" / "formats" / "ID2.odt"
    paragraphs = odfdo.Document(path).body.get_paragraphs()
    theirs = " ".join(paragraph.inner_text for paragraph in paragraphs)
    assert read_document(path).text.split() == theirs.split()


def test_a_part_that_cannot_be_unpacked_is_named(tmp_path: Path) -> None:
    path = odt(tmp_path, f"<text:p>{'Words. ' * 300}</text:p>")
    whole = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo("content.xml").header_offset + 60
    whole[place : place + 20] = bytes(20)
    path.write_bytes(whole)
    with pytest.raises(BadInput, match=r"content\.xml cannot be unpacked"):
        read_document(path)
