"""Files beyond all size: a sentence that says the limit, in bounded time and memory; just below it they go in."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents import Source, read_source
from tbcp_qual.readers.documents.limits import LONGEST, MOST_LINES

WRAPPED = {
    ".txt": ("", ""),
    ".md": ("", ""),
    ".html": ("<html><p>", "</p></html>"),
    ".vtt": ("WEBVTT\n\n00:00.000 --> 00:01.000\n", ""),
    ".srt": ("1\n00:00:00,000 --> 00:00:01,000\n", ""),
    ".rtf": ("{\\rtf1 ", "}"),
}
"""What stands around words in the formats that are text themselves."""
UNITS = {".txt": "ab\n", ".md": "ab\n", ".html": "<p>a", ".vtt": "00:00.000 --> 00:01.000\na\n\n", ".srt": "00:00.000 --> 00:01.000\na\n"}  # fmt: skip


@pytest.mark.parametrize("suffix", WRAPPED)
def test_one_line_beyond_the_limit_is_refused_with_the_limit(suffix: str) -> None:
    before, after = WRAPPED[suffix]
    content = f"{before}{'word and ' * (LONGEST // 9 + 1)}{after}".encode()
    with pytest.raises(BadInput, match="at most 20,000,000 are read"):
        read_source(Source(path=Path(f"long{suffix}"), content=content))


@pytest.mark.parametrize("suffix", UNITS)
def test_more_lines_than_any_transcript_has_are_refused(suffix: str) -> None:
    content = (("<html>" if suffix == ".html" else "") + UNITS[suffix] * (MOST_LINES + 1)).encode()
    with pytest.raises(BadInput, match="more than 300,000"):
        read_source(Source(path=Path(f"many{suffix}"), content=content))


def test_rows_beyond_the_limit_are_refused() -> None:
    content = b"speaker,text\n" + b"INT,a\n" * (MOST_LINES + 1)
    with pytest.raises(BadInput, match="more than 300,000 lines"):
        read_source(Source(path=Path("many.csv"), content=content))


PEAK = """
import resource, sys
from pathlib import Path
from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents import read_document
try:
    print(len(read_document(Path(sys.argv[1])).text))
except BadInput as problem:
    print(problem.message)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="peak memory is not told there in this way")
def test_a_line_of_nineteen_million_characters_and_a_bomb_stay_within_memory(tmp_path: Path) -> None:
    (tmp_path / "line.txt").write_text("INT: " + "word and " * 2_100_000)
    with (
        zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as bomb,
        bomb.open("word/document.xml", "w") as part,
    ):
        for _ in range(400):
            part.write(b" " * 1_000_000)
    for name, outcome in (("line.txt", "189000"), ("bomb.docx", "grows beyond all measure")):
        command = [sys.executable, "-c", PEAK, str(tmp_path / name)]
        said, peak = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
        assert outcome in said
        assert float(peak) < 1000  # some fifty bytes a character at most
