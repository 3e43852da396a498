"""The matrix and the evidence tables of 1,000 cases and 100,000 codings: each under a second.

In processor time, so that a busy machine does not count. Beside them: reading the file, and counting in SQL alone.
"""

import gc
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from measuring import compiled, report

from tbcp_qual.analysis.evidence import Evidences
from tbcp_qual.analysis.framework import chart
from tbcp_qual.analysis.matrix import build
from tbcp_qual.coding.changes import Change, create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Attribute, Case, Code, Coder, Coding, Document, Participant, Question, Theme, Turn
from tbcp_qual.coding.text import text_hash
from tbcp_qual.store import Project

CASES, CODINGS, THEMES, CODES = 1_000, 100_000, 12, 60
TURNS = 60
RUNS = 5
BUDGET = 1.0
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


def median(run: Callable[[], object]) -> float:
    """Return the median seconds of processor time of some runs; what other programs take does not count."""
    run()
    times = []
    for _ in range(RUNS):
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


def main() -> int:
    """Print the figures; return 1 where a budget is missed."""
    compiled()
    gc.set_threshold(500_000)  # as the command line does
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "study.tbcp"
        viewer = make_project(path)
        peer = median(lambda: plain_counts(path))
        with Project.open(path, read_only=True) as project:
            now = project.snapshot(viewer)
            matrix = build(now, rows="source type")
            print(
                f"{CASES:,} cases, {len(now.codings):,} codings, {sum(map(len, matrix.passages.values())):,} passages"
            )
            reading = median(lambda: project.snapshot(viewer))
            beside = f"reading the file before it takes {reading:.2f} s; counts without words in SQL {peer:.2f} s"
            made = median(lambda: build(now, rows="case"))
            ok = report("matrix of cases by themes", made, "s", limit=BUDGET, beside=beside)
            ok &= report(
                "matrix of source types by themes", median(lambda: build(now, rows="source type")), "s", limit=BUDGET
            )
            ok &= report("framework matrix, with states", median(lambda: chart(now)), "s", limit=BUDGET)
            tables = median(lambda: Evidences(now, matrix).boards())
            ok &= report("evidence tables of all questions, from the matrix", tables, "s", limit=BUDGET)
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
