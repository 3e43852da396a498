"""Plain text files in whatever state they come."""

from pathlib import Path

import pytest

from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents import read_document
from tbcp_qual.readers.files import LARGEST

TEXT = (
    "Interviewer: “How’s the café?”\nP07: It’s fine – naïve, really. We’d had £5 left, that’s all I’d say about it.\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_with_or_without_its_mark_is_certain(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(encoding))
    draft = read_document(path)
    assert draft.text == TEXT
    assert draft.warnings == ()
    assert [turn.speaker for turn in draft.turns] == ["Interviewer", "P07"]


@pytest.mark.parametrize(
    ("encoding", "said"), [("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"), ("cp1252", "cp1252")]
)
def test_a_guessed_encoding_is_said(tmp_path: Path, encoding: str, said: str) -> None:
    text = TEXT if encoding == "cp1252" else TEXT.translate({0x201C: 34, 0x201D: 34, 0x2019: 39, 0x2013: 45})
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    draft = read_document(path)
    assert draft.text == text
    assert said in draft.warnings[0]


def test_line_ends_and_control_characters_are_cleaned_before_turns_are_placed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"I: Why?\r\n\r\nP07: Be\x07cause.\rSo.\x0c\n")
    draft = read_document(path)
    assert draft.text == "I: Why?\n\nP07: Because.\nSo.\n\n"
    assert [draft.text[turn.start : turn.end] for turn in draft.turns] == ["Why?", "Because.\nSo."]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \n\n", "no words"),
        (b"%PDF-1.7 x", "is a PDF"),
        (b"PK\x03\x04xxxx", "zip archive, and damaged"),
        (rb"{\rtf1 x}", r"is rich text \(RTF\), not plain text"),
        (bytes(range(256)) * 4, "binary zeros"),
        (b"words\x00 and a zero", "binary zeros"),
        (b"\x01\x02\x03\x04\x05words", "control characters"),
        (b"\xff\xfea", "says that it is UTF-16"),
        (b"\xff\xfe\x00\xd8a\x00", "says that it is UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "odd.txt"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=message) as problem:
        read_document(path)
    assert "odd.txt" in problem.value.message
    assert problem.value.exit_code == 3


def test_unknown_kinds_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="not read"):
        read_document(tmp_path / "sound.mp3")


def test_a_file_beyond_all_size_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(BadInput, match="at most 50 MB"):
        read_document(path)


def test_a_line_of_a_million_characters_is_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("I: " + "word and " * 120_000 + "\nP07: " + "a" * 1_000_000 + "\n")
    assert [turn.speaker for turn in read_document(path).turns] == ["I", "P07"]
