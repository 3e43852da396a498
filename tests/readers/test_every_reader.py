"""What every reader of documents keeps to, whichever format it takes."""

import zipfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tbcp_qual.coding.text import clean
from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents import READERS, SUFFIXES, Draft, Source, read_document, read_source

from .making import MAKERS, TALK, as_docx, as_odt, as_rtf, as_txt

FIRST = {reader.suffixes[0]: reader for reader in READERS}
TIMED = (".vtt", ".srt")


def said(draft: Draft) -> list[tuple[str, str]]:
    return [(turn.speaker, " ".join(draft.text[turn.start : turn.end].split())) for turn in draft.turns]


def hold_together(draft: Draft) -> None:
    """Whatever was read: turns lie in order within a clean text, and none is empty."""
    assert draft.text.strip()
    assert clean(draft.text).text == draft.text
    for turn in draft.turns:
        assert 0 <= turn.head <= turn.start < turn.end <= len(draft.text)
        assert draft.text[turn.start : turn.end] == draft.text[turn.start : turn.end].strip()
    assert all(a.end <= b.head for a, b in pairwise(draft.turns))


def read_or_refuse(name: str, content: bytes) -> None:
    """Read something that may be unfit: either it holds together, or the refusal names it."""
    try:
        draft = read_source(Source(path=Path(name), content=content))
    except BadInput as problem:
        refused = problem.message
    else:
        hold_together(draft)
        return
    assert name in refused


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The conversation in every format."""
    folder = tmp_path_factory.mktemp("made")
    files = {suffix: folder / f"P07{suffix}" for suffix in MAKERS}
    for suffix, path in files.items():
        MAKERS[suffix](path, TALK)
    return files


def test_no_two_readers_claim_one_suffix_and_each_has_a_file_here() -> None:
    claimed = [suffix for reader in READERS for suffix in reader.suffixes]
    assert len(claimed) == len(set(claimed)) == len(SUFFIXES)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in claimed)
    assert len({reader.name for reader in READERS}) == len(READERS)
    assert set(MAKERS) == set(FIRST)


@pytest.mark.parametrize("suffix", MAKERS)
def test_one_conversation_gives_the_same_turns_in_every_format(made: dict[str, Path], suffix: str) -> None:
    draft = read_document(made[suffix])
    hold_together(draft)
    assert said(draft) == TALK
    assert [turn.role for turn in draft.turns] == ["interviewer", "participant"] * 2
    assert [turn.time for turn in draft.turns] == ([0.0, 5.0, 10.0, 15.0] if suffix in TIMED else [None] * 4)
    assert (draft.kind, draft.warnings) == ("interview", ())


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@pytest.mark.parametrize("content", [b"", b"\x00", bytes(range(256)) * 50, b"\xff\xfe\x00", b"%PDF-1.7"])
def test_what_is_unfit_is_refused_by_its_name_and_without_its_words(
    tmp_path: Path, suffix: str, content: bytes
) -> None:
    path = tmp_path / f"unfit{suffix}"
    path.write_bytes(content)
    with pytest.raises(BadInput) as problem:
        read_document(path)
    assert path.name in problem.value.message


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_missing_files_and_folders_are_refused(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(BadInput, match="is not there"):
        read_document(tmp_path / f"none{suffix}")
    (tmp_path / f"folder{suffix}").mkdir()
    with pytest.raises(BadInput, match="is a folder"):
        read_document(tmp_path / f"folder{suffix}")
    with pytest.raises(BadInput):
        read_document(tmp_path / ("n" * 5000 + suffix))


@pytest.mark.parametrize("suffix", MAKERS)
@pytest.mark.parametrize("other", [".docx", ".odt", ".rtf", ".pdf", ".xlsx", ".html"])
def test_a_file_whose_name_says_something_else_is_refused_with_what_it_is(
    made: dict[str, Path], tmp_path: Path, suffix: str, other: str
) -> None:
    if suffix == other:
        return
    path = tmp_path / f"P07{suffix}"
    path.write_bytes(made[other].read_bytes())
    with pytest.raises(BadInput, match="as its name says") as problem:
        read_document(path)
    assert other in problem.value.hint
    assert "midwife" not in problem.value.message + problem.value.hint


@pytest.mark.parametrize("suffix", MAKERS)
def test_a_file_that_breaks_off_is_read_as_far_as_it_goes_or_refused(made: dict[str, Path], suffix: str) -> None:
    whole = made[suffix].read_bytes()
    for end in range(0, len(whole), max(1, len(whole) // 60)):
        read_or_refuse(f"cut{suffix}", whole[:end])


NASTY = st.sampled_from([
    b"\x00", b"\x1b[31m", b"\x1b]0;x\x07", b"\xe2\x80\xae", b"\xff\xfe", b"<", b">", b"&", b"&#x1b;", b"&#8238;", b"{", b"}",
    b"\\", b"\\u-1?", b"\\bin99999 ", b"\\'", b'"', b"-->", b"PK", b"%", b"\r", b"\n\n", b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"]]>", b"\xed\xa0\x80", b"[[[[", b"|", b"``", b"9" * 30,
])  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.lists(st.tuples(st.floats(0, 1), NASTY, st.integers(0, 12)), min_size=1, max_size=8))
@pytest.mark.parametrize("suffix", MAKERS)
def test_a_file_that_was_tampered_with_is_read_or_refused_and_nothing_else(
    made: dict[str, Path], suffix: str, places: list[tuple[float, bytes, int]]
) -> None:
    content = made[suffix].read_bytes()
    for share, piece, gone in places:
        at = int(share * len(content))
        content = content[:at] + piece + content[at + gone :]
    read_or_refuse(f"hurt{suffix}", content)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.floats(0, 1), piece=NASTY, gone=st.integers(0, 30))
@pytest.mark.parametrize(
    ("suffix", "part"),
    [(".docx", "word/document.xml"), (".odt", "content.xml"), (".xlsx", "xl/worksheets/sheet1.xml")],
)
def test_an_office_file_with_tampered_xml_is_read_or_refused(
    made: dict[str, Path], suffix: str, part: str, at: float, piece: bytes, gone: int
) -> None:
    packing = BytesIO()
    with zipfile.ZipFile(made[suffix]) as whole, zipfile.ZipFile(packing, "w") as hurt:
        for name in whole.namelist():
            content = whole.read(name)
            place = int(at * len(content))
            hurt.writestr(name, content[:place] + piece + content[place + gone :] if name == part else content)
    read_or_refuse(f"hurt{suffix}", packing.getvalue())


@settings(max_examples=60, deadline=None)
@given(content=st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)))
@example(content=b"{\\rtf1" + b"{" * 2000)
@example(content=b"speaker,text\n" + b'"' * 301)
@pytest.mark.parametrize("suffix", MAKERS)
def test_any_bytes_at_all_are_read_or_refused(suffix: str, content: bytes) -> None:
    read_or_refuse(f"any{suffix}", content)


LETTERS = "abcdefgh é“ö”ñ👶\u200d’-,.?"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.text(alphabet=LETTERS, min_size=1, max_size=60), min_size=2, max_size=6))
def test_any_conversation_comes_the_same_out_of_four_formats(tmp_path: Path, words: list[str]) -> None:
    talk = [("INT" if i % 2 == 0 else "P07", f"So {' '.join(line.split())} there.") for i, line in enumerate(words)]
    for make, suffix in ((as_docx, ".docx"), (as_odt, ".odt"), (as_rtf, ".rtf"), (as_txt, ".txt")):
        path = tmp_path / f"talk{suffix}"
        make(path, talk)
        assert said(read_document(path)) == [(speaker, " ".join(line.split())) for speaker, line in talk], suffix
