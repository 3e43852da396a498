"""The same content has the same turns whether it is typed into a text editor or a word processor."""

import re
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import pytest

from tbcp_qual.readers.documents import read_document
from tests.readers.making import rtf
from tests.readers.test_office_formats import odt
from tests.readers.test_word_files import p, word

Told = list[tuple[str, str, str, str, str]]

DIALOGUE = [
    ("h", "First contact"),
    ("", "INT: How did you first hear of the team?"),
    ("", "P07: My midwife said. She just sat with me."),
    ("", "It was a cold day, and I was tired."),
    ("h", "Working together"),
    ("", "INT: And then?"),
    ("", "P07: Then they came, the two of them, on a Tuesday."),
    ("h", "Closing"),
    ("", "INT: Anything else?"),
    ("", "P07: No."),
]
REVIEW = [
    ("h", "Family plan review"),
    ("", "F07, second review."),
    ("h", "Views of the parent"),
    ("", "She likes it. She says the worker listens."),
    ("", "She would like more visits."),
    ("h", "Plan"),
    ("", "Visit weekly and review after three months, with the health visitor there."),
]


def told(path: Path) -> Told:
    """Return what the turns of a file say, and under what."""
    draft = read_document(path)
    return [
        (turn.section, turn.speaker, turn.role, turn.date, " ".join(draft.text[turn.start : turn.end].split()))
        for turn in draft.turns
    ]


def typed(folder: Path, name: str, paragraphs: list[str]) -> list[Path]:
    """Write paragraphs, some of them empty, as word processors do that have opened a text file."""
    paths = [folder / f"{name}.{suffix}" for suffix in ("docx", "odt", "rtf")]
    runs = (escape(words).replace("\t", "</w:t><w:tab/><w:t>") for words in paragraphs)
    word(folder, "".join(p(words) for words in runs), name=paths[0].name)
    spaced = (re.sub(r"(?<= ) |^ | $", "<text:s/>", escape(words)).replace("\t", "<text:tab/>") for words in paragraphs)
    odt(folder, "".join(f"<text:p>{words}</text:p>" for words in spaced)).rename(paths[1])
    body = "".join(rf"\pard {rtf(_kept(words))}\par " for words in paragraphs)
    paths[2].write_text(rf"{{\rtf1\ansi\ansicpg1252 {body}}}", encoding="ascii")
    return paths


def _kept(words: str) -> str:
    return words.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")


def test_every_real_text_has_the_same_turns_from_a_word_processor(shared_data: Path, tmp_path: Path) -> None:
    files = sorted((shared_data / "transcripts").rglob("*.txt"))
    assert len(files) == 27
    for file in files:
        expected = told(file)
        for written in typed(tmp_path, file.stem, file.read_text(encoding="utf-8-sig").splitlines()):
            assert told(written) == expected, written.name


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("content", [DIALOGUE, REVIEW])
def test_a_heading_of_word_is_one_in_a_text_too(tmp_path: Path, content: list[tuple[str, str]], between: str) -> None:
    made = docx.Document()
    for style, words in content:
        if style:
            made.add_heading(words)
        else:
            made.add_paragraph(words)
    made.save(str(tmp_path / "a.docx"))
    (tmp_path / "a.txt").write_text(between.join(words for _, words in content), encoding="utf-8")
    assert told(tmp_path / "a.txt") == told(tmp_path / "a.docx")
    assert {turn[0] for turn in told(tmp_path / "a.txt")} == {words for style, words in content if style}


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_days_above_their_entries_are_those_of_a_chronology_in_word(tmp_path: Path, between: str) -> None:
    content = [
        ("h", "Chronology"),
        ("", "Entries of the key worker, F11."),
        ("h", "19 October 2021"),
        ("", "Referral from HV. Baby girl, 5 months."),
        ("", "Rang her, no reply."),
        ("h", "26 October 2021"),
        ("", "First visit. All well."),
    ]
    made = docx.Document()
    for style, words in content:
        if style:
            made.add_heading(words)
        else:
            made.add_paragraph(words)
    made.save(str(tmp_path / "a.docx"))
    (tmp_path / "a.txt").write_text(between.join(words for _, words in content), encoding="utf-8")
    days = [turn[3] for turn in told(tmp_path / "a.docx")]
    assert days == ["", "2021-10-19", "2021-10-19", "2021-10-26"]
    assert [turn[3] for turn in told(tmp_path / "a.txt") if "Chronology" not in turn[-1] and "F11" not in turn[-1]] == [
        *days[1:]
    ]


def test_a_list_and_a_table_below_what_is_said_are_the_same_in_word_and_opendocument(tmp_path: Path) -> None:
    made = docx.Document()
    for words in ("INT: What helps?", "P07: These.", "INT: Which?", "P07: Two.", "INT: Name them."):
        made.add_paragraph(words)
    made.add_paragraph("her visits", style="List Bullet")
    made.add_paragraph("P07: And this.")
    cells = made.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "12/3/24", "Visit"
    made.save(str(tmp_path / "a.docx"))
    said = "".join(f"<text:p>{p.text}</text:p>" for p in made.paragraphs[:5])
    listed = "<text:list><text:list-item><text:p>her visits</text:p></text:list-item></text:list>"
    row = "".join(f"<table:table-cell><text:p>{words}</text:p></table:table-cell>" for words in ("12/3/24", "Visit"))
    table = f"<table:table><table:table-row>{row}</table:table-row></table:table>"
    other = odt(tmp_path, f"{said}{listed}<text:p>P07: And this.</text:p>{table}")
    assert told(tmp_path / "a.docx") == told(other)
    assert told(other)[-1][1:] == ("P07", "participant", "", "And this. 12/3/24 | Visit")


def test_a_list_does_not_join_the_paragraphs_around_it(tmp_path: Path) -> None:
    made = docx.Document()
    paragraphs = ["Visits: 6.", "Panel: in May.", "Seen alone:", "never", "once", "Warm room.", "Baby well."]
    for words in paragraphs:
        made.add_paragraph(words, style="List Bullet" if words in ("never", "once") else None)
    made.save(str(tmp_path / "a.docx"))
    assert [turn[-1] for turn in told(tmp_path / "a.docx")] == paragraphs


def test_an_answer_of_a_few_words_is_no_heading(tmp_path: Path) -> None:
    """Who does not write full stops may leave a second line of an answer without one."""
    path = tmp_path / "a.txt"
    path.write_text(
        "I: Why?\nP07: Because\nSheer luck\nI: So?\nP07: I went\nTwice a week\nI: Oh?\nP07: I did\n", "utf-8"
    )
    assert {turn[0] for turn in told(path)} == {""}
    path.write_text("I: Why?\nP07: Because.\nI went there.\nYeah maybe\nI: So?\nP07: No.\nI: Oh?\nP07: No.\n", "utf-8")
    assert {turn[0] for turn in told(path)} == {""}


def test_lines_that_an_empty_one_sets_off_are_one_turn_unless_they_are_whole_paragraphs(tmp_path: Path) -> None:
    long = f"She came {'and she sat with me ' * 9}."
    paragraphs = ["5.1 Housing", "Need: a home.", "", long, "Then she left.", "", "One.", "", "Two."]
    path = tmp_path / "a.txt"
    path.write_text("\n".join(paragraphs), encoding="utf-8")
    words = [turn[-1] for turn in told(path)]
    assert words == ["5.1 Housing Need: a home.", long, "Then she left.", "One.", "Two."]
    for written in typed(tmp_path, "b", paragraphs):
        assert [turn[-1] for turn in told(written)] == words
