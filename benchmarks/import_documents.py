"""Import of 500 txt, 400 vtt and 100 docx transcripts of 4,000 words each, through the command line in one process,
with the check for what identifies people.

The files are made here. In the same run: how long it takes to read the same bytes and decode them, and nothing else.

Run: uv run python benchmarks/import_documents.py [share of the files, 1.0 unless told]
"""

import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import docx
from measuring import compiled, report

from tbcp_qual.readers.documents import read_document
from tbcp_qual.store import Project

TEXTS, CAPTIONS, WORDS_FILES = 500, 400, 100
WORDS = 4_000
SECONDS, MEGABYTES, WORD_FILES_A_SECOND = 90.0, 500.0, 10.0
SENTENCES = (
    "she came on the Tuesday and sat with me we went through the letters one by one until I could see the end of it "
    "nobody had told us that before so I rang the midwife and she said wait for the health visitor but it was weeks"
)


def turns(number: int) -> list[tuple[str, str]]:
    """Return a conversation: who, and what was said."""
    chance, vocabulary = random.Random(number), SENTENCES.split()
    said: list[tuple[str, str]] = []
    words = 0
    while words < WORDS:
        long = 12 if len(said) % 2 == 0 else 68
        words += long
        line = " ".join(chance.choices(vocabulary, k=long)).capitalize()
        said.append(("INT", f"{line}?") if len(said) % 2 == 0 else (f"P{number:03}", f"{line}."))
    return said


def clock(seconds: float) -> str:
    """Return a time as captions write it."""
    return f"{int(seconds) // 3600:02}:{int(seconds) // 60 % 60:02}:{seconds % 60:06.3f}"


def write(folder: Path, share: float) -> int:
    """Write the files; return how many words they have."""
    total = 0
    for number in range(round(TEXTS * share)):
        text = "".join(f"{speaker}: {words}\n\n" for speaker, words in turns(number))
        (folder / f"P{number:03}.txt").write_text(text, encoding="utf-8")
        total += len(text.split())
    for number in range(600, 600 + round(CAPTIONS * share)):
        cues, at = ["WEBVTT\n"], 0.0
        for speaker, words in turns(number):
            said = words.split()
            for first in range(0, len(said), 12):
                line = " ".join(said[first : first + 12])
                cues.append(f"\n{clock(at)} --> {clock(at + 4)}\n<v {speaker}>{line}</v>\n")
                at += 4.2
            total += len(said)
        (folder / f"P{number:03}.vtt").write_text("".join(cues), encoding="utf-8")
    for number in range(1100, 1100 + round(WORDS_FILES * share)):
        made = docx.Document()
        for speaker, words in turns(number):
            paragraph = made.add_paragraph()
            paragraph.add_run(f"{speaker}: ").bold = True
            paragraph.add_run(words)
            total += len(words.split()) + 1
        made.save(str(folder / f"P{number}.docx"))
    return total


def main() -> int:
    """Print the figures; return 1 where a budget is missed."""
    share = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    compiled()
    with tempfile.TemporaryDirectory() as there:
        folder = Path(there)
        files, project = folder / "files", folder / "benchmark.tbcp"
        files.mkdir()
        words = write(files, share)
        number = len(list(files.iterdir()))
        Project.create(project, name="Benchmark").close()
        began = time.perf_counter()
        characters = sum(len(path.read_bytes().decode("utf-8", "replace")) for path in files.iterdir())
        bare = time.perf_counter() - began
        command = [Path(sys.executable).with_name("tbcp-qual"), "--project", project, "--coder", "AK"]
        began = time.perf_counter()
        subprocess.run([*command, "documents", "import", files], check=True, capture_output=True)
        took = time.perf_counter() - began
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        peak = used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
        with Project.open(project, read_only=True) as opened:
            assert len(opened.records("document")) == number
        word_files = sorted(files.glob("*.docx"))
        began = time.perf_counter()
        for path in word_files:
            read_document(path)
        reading = time.perf_counter() - began
    print(f"{number:,} files, {words:,} words, {characters / 1e6:.0f} million characters")
    busy = used.ru_utime + used.ru_stime
    beside = f"{number / took:.0f} files a second; {busy:.1f} s of a processor; bare reading of the bytes {bare:.2f} s"
    good = report("import", took, "s", limit=SECONDS, beside=beside)
    good &= report("peak memory", peak, "MB", limit=MEGABYTES)
    beside = f"{len(word_files) / reading:.0f} docx a second"
    good &= report(
        "one docx of 4,000 words",
        1000 * reading / len(word_files),
        "ms",
        limit=1000 / WORD_FILES_A_SECOND,
        beside=beside,
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
