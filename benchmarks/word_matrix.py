"""Word matrix of 60 cases by 12 themes with 2,000 quotations: under a second from process start, in processor time.

In the same run: how long the same table takes through python-docx's own `table.cell` and `row.cells`.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import docx
from measuring import compiled

from tbcp_qual.analysis.matrix import Matrix
from tbcp_qual.analysis.passages import chosen
from tbcp_qual.coding.changes import create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Case, Code, Coder, Coding, Document, Question, Record, Theme, Turn
from tbcp_qual.coding.text import text_hash
from tbcp_qual.store import Project
from tbcp_qual.tasks.export import thematic_matrix
from tbcp_qual.writers.word.matrix import write_matrix
from tbcp_qual.writers.word.wording import cell_count

CASES, THEMES, QUOTATIONS = 60, 12, 2_000
BUDGET = 1.0
RUNS = 7
WORDS = "She came on the Tuesday and sat with me, and we went through the letters one by one until I could see the end of it."


def make_project(path: Path) -> None:
    """Make a project in which every case has an interview, with the quotations spread evenly over cases and themes."""
    coder = Coder(id=new_id(), name="AK")
    questions = [Question(id=new_id(), key=str(n + 1), short=f"Question {n + 1}", position=n) for n in range(3)]
    codes = [Code(id=new_id(), name=f"Code {n}", position=n) for n in range(THEMES)]
    themes = [
        Theme(
            id=new_id(),
            name=f"Theme {n}",
            definition="What families say of it, and what is done about it.",
            codes=(codes[n].id,),
            questions=(questions[n % 3].id,),
            position=n,
        )
        for n in range(THEMES)
    ]
    records: list[Record] = [coder, *questions, *codes, *themes]
    texts = []
    for number in range(CASES):
        case = Case(id=new_id(), label=f"F{number + 1:02d}")
        said = [n for n in range(QUOTATIONS) if n % CASES == number]
        lines = [f"P{number + 1:02d}: {WORDS} ({n})" for n in said]
        text = "\n".join(lines) + "\n"
        document = Document(
            id=new_id(),
            name=f"P{number + 1:02d} interview",
            source_type="parent",
            text=text_hash(text),
            cases=(case.id,),
        )
        texts.append(text)
        records += [case, document]
        place = 0
        for quotation, line in zip(said, lines, strict=True):
            start = place + 5
            end = place + len(line)
            records.append(
                Turn(
                    id=new_id(),
                    document=document.id,
                    text=document.text,
                    head=place,
                    start=start,
                    end=end,
                    speaker=line[:3],
                    role="participant",
                )
            )
            records.append(
                Coding(
                    id=new_id(),
                    document=document.id,
                    text=document.text,
                    start=start,
                    end=end,
                    code=codes[quotation // CASES % THEMES].id,
                    coder=coder.id,
                )
            )
            place += len(line) + 1
    with Project.create(path, name="Benchmark") as project:
        project.apply("benchmark made", [create(record) for record in records], coder="", texts=texts)


def from_start(project: Path, target: Path) -> tuple[float, float]:
    """Return the seconds of processor time that the command takes as a process, and those by the clock."""
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command: list[str | Path] = [
        Path(sys.executable).with_name("tbcp-qual"),
        "export",
        "matrix",
        target,
        "--project",
        project,
    ]
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, time.perf_counter() - began


def peer(matrix: Matrix, target: Path, *, by_cell: bool) -> float:
    """Return the seconds that python-docx takes for the tables alone, without annex, links or front matter."""
    began = time.process_time()
    document = docx.Document()
    for section in matrix.sections:
        table = document.add_table(rows=len(matrix.rows), cols=len(section.columns))
        for y, row in enumerate(matrix.rows):
            cells = None if by_cell else table.rows[y].cells
            for x, column in enumerate(section.columns):
                cell = table.cell(y, x) if cells is None else cells[x]
                found = matrix.cell(row, column)
                cell.text = cell_count(found)
                for passage in chosen(found.passages, 3):
                    cell.add_paragraph(passage.words)
    document.save(str(target))
    return time.process_time() - began


def main() -> int:
    """Print the figures; return 1 where the budget is not kept."""
    compiled()
    with tempfile.TemporaryDirectory() as folder:
        project, target = Path(folder) / "study.tbcp", Path(folder) / "matrix.docx"
        make_project(project)
        from_start(project, target)
        runs = [from_start(project, target) for _ in range(RUNS)]
        ours, clock = (statistics.median(times) for times in zip(*runs, strict=True))
        size = target.stat().st_size
        with Project.open(project, read_only=True) as opened:
            matrix = thematic_matrix(opened, viewer="")
        shown = sum(len(found) for found in matrix.passages.values())
        began = time.process_time()
        write_matrix(matrix, target)
        writing = time.process_time() - began
        by_row = peer(matrix, target, by_cell=False)
        by_cell = peer(matrix, target, by_cell=True)
    print(f"Word matrix, {CASES} cases x {THEMES} themes, {shown:,} quotations: {size / 1024:.0f} KB")
    print(
        f"  from process start   {ours:6.2f} s   budget {BUDGET:.2f} s   {'kept' if ours < BUDGET else 'NOT KEPT'}",
        end="",
    )
    print(f"   ({clock:.2f} s by the clock)")
    print(f"  writing alone        {writing:6.2f} s   tables, links and annex")
    print(
        f"  peer, row.cells      {by_row:6.2f} s   {by_row / writing:5.1f} times that, for the tables without links or annex"
    )
    print(f"  peer, table.cell     {by_cell:6.2f} s   {by_cell / writing:5.1f} times that, likewise")
    return 0 if ours < BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
