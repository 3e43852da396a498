"""One coding applied, journaled and on disk, beside a bare one-row commit with the same settings.

Run: uv run python benchmarks/one_coding.py [codings already there, 1,000,000 unless told]
"""

import sqlite3
import statistics
import sys
import tempfile
from pathlib import Path

from measuring import ratio_of, report, seconds

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import create
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Code, Coder, Coding, Document
from tbcp_qual.coding.spans import Span
from tbcp_qual.coding.text import text_hash
from tbcp_qual.store import Project

LIMIT = 1.5
RUNS = 300


def bare_file(path: Path) -> sqlite3.Connection:
    """Return a database with one table and the settings of a project file."""
    bare = sqlite3.connect(path, isolation_level=None)
    for pragma in ("foreign_keys=ON", "secure_delete=ON", "synchronous=FULL", "cache_size=-32768"):
        bare.execute(f"PRAGMA {pragma}")
    bare.execute("CREATE TABLE coding (id TEXT PRIMARY KEY, document TEXT, start INTEGER, end INTEGER, code TEXT)")
    return bare


def measure(already: int, folder: Path) -> tuple[float, float, float]:
    """Return the median seconds of ours, of the bare commit, and the median ratio, with so many codings there."""
    text = "She just sat with me. " * 4000
    coder = Coder(id=new_id(), name="AK")
    codes = [Code(id=new_id(), name=f"code {n}", position=n) for n in range(40)]
    documents = [Document(id=new_id(), name=f"P{n:02}", text=text_hash(text)) for n in range(50)]
    with Project.create(folder / f"{already}.tbcp", name="Benchmark") as project:
        project.apply("made", [create(r) for r in (coder, *codes, *documents)], coder="", texts=[text])
        for first in range(0, already, 50_000):
            made = [
                Coding(
                    id=new_id(),
                    document=documents[n % 50].id,
                    text=documents[0].text,
                    start=n % 80_000,
                    end=n % 80_000 + 60,
                    code=codes[n % 40].id,
                    coder=coder.id,
                )
                for n in range(first, min(first + 50_000, already))
            ]
            # One revision each, as a coder makes them, but one commit for all: only the size matters here.
            project.apply("coded", [create(c) for c in made], coder=coder.id)
        bare = bare_file(folder / f"{already}.db")
        book = Codebook(codes)
        ours, theirs = [], []
        for n in range(RUNS + 20):
            changes = edits.apply_code(
                (), book, document=documents[n % 50], span=Span(n, n + 20), code=codes[n % 40], coder=coder.id
            )

            def write(changes: list = changes) -> None:
                project.apply("coded", changes, coder=coder.id)

            def write_bare(n: int = n) -> None:
                bare.execute("BEGIN IMMEDIATE")
                bare.execute(
                    "INSERT INTO coding VALUES (?, ?, ?, ?, ?)", (new_id(), documents[0].id, n, n, codes[0].id)
                )
                bare.execute("COMMIT")

            ours.append(seconds(write))
            theirs.append(seconds(write_bare))
        bare.close()
    return statistics.median(ours[20:]), statistics.median(theirs[20:]), ratio_of(ours[20:], theirs[20:])


def main() -> int:
    """Print the figures; return 1 where the budget is missed."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    good = True
    with tempfile.TemporaryDirectory() as folder:
        medians = []
        for already in (0, most):
            ours, theirs, ratio = measure(already, Path(folder))
            medians.append(ours)
            beside = f"{ours * 1000:.2f} ms against {theirs * 1000:.2f} ms"
            good &= report(
                f"one coding beside a bare commit, {already:,} there", ratio, "times", limit=LIMIT, beside=beside
            )
        report(f"growth from 0 to {most:,} codings", medians[1] / medians[0], "times", limit=1.5)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
