"""The matrix and the evidence tables of 1,000 cases and 100,000 codings: each under a second.

In processor time, so that a busy machine does not count. Beside them: reading the file, counting in SQL alone, cells
through python-docx, and `qc codes crosstab` on the same codings where `--qc` says where it is.
"""

import argparse
import gc
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import docx
from beside_qc import lay_out, seconds_of
from measuring import compiled, report

from tbcp_qual.analysis.evidence import Evidences
from tbcp_qual.analysis.framework import chart
from tbcp_qual.analysis.matrix import Matrix, build
from tbcp_qual.analysis.passages import chosen
from tbcp_qual.coding.changes import Change, create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Attribute, Case, Code, Coder, Coding, Document, Participant, Question, Theme, Turn
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.text import text_hash
from tbcp_qual.store import Project
from tbcp_qual.writers.word.matrix import write_matrix
from tbcp_qual.writers.word.wording import cell_count

CASES, CODINGS, THEMES, CODES = 1_000, 100_000, 12, 60
TURNS = 60
RUNS = 5
BUDGET = 1.0
QC_CODES, QC_LIMIT = 10, 300.0
WORDS = "she came on the Tuesday and sat with me and we went through the letters until I could see the end of it"
KINDS = ("parent", "practitioner", "partner", "case file")


def make_project(path: Path) -> str:
    """Make a project in which every case has a document of its own; return the id of its first coder."""
    draw = random.Random(7)
    coders = [Coder(id=new_id(), name=name) for name in ("AK", "RM")]
    questions = [Question(id=new_id(), key=str(n + 1), short=f"Question {n + 1}", position=n) for n in range(3)]
    codes = [Code(id=new_id(), name=f"Code {n}", position=n) for n in range(CODES)]
    themes = [
        Theme(
            id=new_id(), name=f"Theme {n}", position=n, questions=(questions[n % 3].id,),
            codes=tuple(code.id for code in codes[n::THEMES]),
        )
        for n in range(THEMES)
    ]  # fmt: skip
    with Project.create(path, name="Benchmark") as project:
        start = [create(record) for record in (*coders, *questions, *codes, *themes)]
        project.apply("made", start, coder="", undoable=False)
        for number in range(CASES):
            case = Case(id=new_id(), label=f"F{number + 1}")
            need = Attribute(
                id=new_id(), case=case.id, name="need", value=draw.choice(("targeted", "complex", "acute"))
            )
            kind = KINDS[number % 4]
            speaker = Participant(id=new_id(), label=f"P{number + 1}", case=case.id if kind == "parent" else None)
            lines = [f"P{number + 1}: {' '.join(draw.choices(WORDS.split(), k=14))}" for _ in range(TURNS)]
            text = "\n".join(lines) + "\n"
            document = Document(
                id=new_id(), name=f"P{number + 1} interview", source_type=kind, text=text_hash(text), cases=(case.id,),
                kind="case file" if kind == "case file" else "interview",
            )  # fmt: skip
            changes: list[Change] = [create(record) for record in (case, need, speaker, document)]
            place, turns = 0, []
            for line in lines:
                start_at = place + line.index(" ") + 1
                turns.append(
                    Turn(
                        id=new_id(), document=document.id, text=document.text, head=place, start=start_at,
                        end=place + len(line), speaker=f"P{number + 1}", role="participant", participant=speaker.id,
                    )
                )  # fmt: skip
                place += len(line) + 1
            changes += [create(turn) for turn in turns]
            for n in range(CODINGS // CASES):
                turn = draw.choice(turns)
                begins = turn.start + draw.randrange(0, 20)
                coding = Coding(
                    id=new_id(), document=document.id, text=document.text, start=begins, end=begins + draw.randint(10, 30),
                    code=draw.choice(codes).id, coder=coders[n % 2].id, negative=draw.random() < 0.02,
                )  # fmt: skip
                changes.append(create(coding))
            project.apply("made", changes, coder="", texts=[text], undoable=False)
    return coders[0].id


def median(run: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median seconds of processor time of some runs; what other programs take does not count."""
    if runs > 1:
        run()
    times = []
    for _ in range(runs):
        began = time.process_time()
        run()
        times.append(time.process_time() - began)
    return statistics.median(times)


def plain_counts(path: Path) -> list[tuple[str, str, int]]:
    """Count codings by case and code in SQL alone, as a cross-tabulation of codes by case does."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute(
            "SELECT d.cases, c.code, count(*) FROM coding c JOIN document d ON d.id = c.document GROUP BY 1, 2"
        ).fetchall()
    finally:
        connection.close()


def from_start(path: Path, what: str) -> float:
    """Return the seconds of processor time that a process takes to open the file and make one of the tables."""
    program = f"""
import gc
gc.set_threshold(2_000_000)
from pathlib import Path
from tbcp_qual.store import Project
with Project.open(Path({str(path)!r}), read_only=True) as project:
    now = project.snapshot(project.records("coder")[0].id)
{what}
"""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


MATRIX = "from tbcp_qual.analysis.matrix import build; build(now, rows='case')"
EVIDENCE = "from tbcp_qual.analysis.evidence import Evidences; Evidences(now).boards()"


def writing(matrix: Matrix, folder: Path) -> tuple[float, float]:
    """Return the seconds for the Word file of a matrix, and for as many cells through python-docx's own `row.cells`."""
    ours = median(lambda: write_matrix(matrix, folder / "ours.docx"), runs=1)

    def by_cells() -> None:
        document = docx.Document()
        for section in matrix.sections:
            table = document.add_table(rows=len(matrix.rows), cols=len(section.columns))
            for y, row in enumerate(matrix.rows):
                for cell, column in zip(table.rows[y].cells, section.columns, strict=True):
                    found = matrix.cell(row, column)
                    cell.text = cell_count(found)
                    for passage in chosen(found.passages, 3):
                        cell.add_paragraph(passage.words)
        document.save(str(folder / "theirs.docx"))

    return ours, median(by_cells, runs=1)


def beside_qc(qc: Path | None, now: Snapshot, folder: Path, ours: float) -> None:
    """Print what qc's cross-tabulation takes on the same codings; it counts lines and shows no words."""
    if qc is None:
        print("qc codes crosstab: left out; say where it is with --qc (see beside_qc.py)")
        return
    lay_out(qc, now, folder)
    start = seconds_of(qc, folder, ["version"], QC_LIMIT)
    codes = [code.name for code in now.codes][:QC_CODES]
    whole = seconds_of(qc, folder, ["codes", "crosstab", *codes], QC_LIMIT)
    name = f"qc codes crosstab of {QC_CODES} of the {CODES} codes"
    if whole is None or start is None:
        print(f"{name}: not done after {QC_LIMIT:.0f} s; our matrix of all of them from process start {ours:.2f} s")
    else:
        print(f"{name}: {whole:.1f} s, {whole / ours:.1f} times our matrix of all of them from process start;", end=" ")
        print(f"{whole - start:.1f} s without its start")


def main() -> int:
    """Print the figures; return 1 where a budget is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--qc", type=Path, help="the program qc, in an environment of its own")
    asked = parser.parse_args()
    compiled()
    gc.set_threshold(2_000_000)  # as the command line does
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        path = folder / "study.tbcp"
        viewer = make_project(path)
        peer = median(lambda: plain_counts(path))
        whole = {what: statistics.median(from_start(path, what) for _ in range(RUNS)) for what in (MATRIX, EVIDENCE)}
        with Project.open(path, read_only=True) as project:
            now = project.snapshot(viewer)
            matrix = build(now, rows="source type")
            passages = sum(map(len, matrix.passages.values()))
            print(f"{CASES:,} cases, {len(now.codings):,} codings, {passages:,} passages; seconds of processor time")
            reading = median(lambda: project.snapshot(viewer))
        beside = f"reading the file before it takes {reading:.2f} s; counts without words in SQL {peer:.2f} s"
        by_case = build(now, rows="case")
        ok = report(
            "matrix of cases by themes", median(lambda: build(now, rows="case")), "s", limit=BUDGET, beside=beside
        )
        ok &= report(
            "matrix of source types by themes", median(lambda: build(now, rows="source type")), "s", limit=BUDGET
        )
        ok &= report("framework matrix, with states", median(lambda: chart(now)), "s", limit=BUDGET)
        tables = median(lambda: Evidences(now, matrix).boards())
        ok &= report("evidence tables of all questions, from the matrix", tables, "s", limit=BUDGET)
        print(f"from process start, the file read and all passages made: matrix {whole[MATRIX]:.2f} s,", end=" ")
        print(f"evidence tables {whole[EVIDENCE]:.2f} s")
        ours, theirs = writing(by_case, folder)
        print(f"Word file of the matrix, {len(by_case.rows):,} rows, with links and annex: {ours:.1f} s;", end=" ")
        print(f"its cells alone through python-docx: {theirs:.1f} s, {theirs / ours:.1f} times that")
        beside_qc(asked.qc, now, folder / "qc", whole[MATRIX])
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
