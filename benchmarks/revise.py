"""A corrected transcript of 200,000 words: 2,000 edits, a passage that was moved, 5,000 codings.

Run: uv run python benchmarks/revise.py
"""

import random
import statistics
import tempfile
from pathlib import Path

from big_project import big_transcript_project
from measuring import compiled, report, seconds

from tbcp_qual.coding.diffing import kept_blocks
from tbcp_qual.readers.documents import read_document
from tbcp_qual.store import Project
from tbcp_qual.tasks.revising import Revising, apply_revision, plan_revision

LINES, CODINGS, EDITS = 10_600, 5_000, 2_000
BUDGETS = {"shared stretches": 4.0, "the whole plan": 12.0, "written": 4.0}
RUNS = 5


def corrected(text: str, *, seed: int = 3) -> str:
    """Return a text with words put in, struck out and respelt, and a tenth of it standing elsewhere."""
    draw = random.Random(seed)
    lines = text.split("\n")
    tenth = len(lines) // 10
    lines = [*lines[:tenth], *lines[2 * tenth : 7 * tenth], *lines[tenth : 2 * tenth], *lines[7 * tenth :]]
    for _ in range(EDITS):
        place = draw.randrange(len(lines))
        label, colon, said = lines[place].partition(": ")
        words = said.split(" ")
        at = draw.randrange(len(words))
        words[at : at + draw.choice((0, 1, 1, 3))] = draw.choice(([], ["[Worker]"], [words[at][::-1]], ["so", "then"]))
        lines[place] = f"{label}{colon}{' '.join(words)}"
    return "\n".join(lines)


def main() -> None:
    """Measure, and print each figure beside its budget."""
    compiled()
    with tempfile.TemporaryDirectory() as folder:
        path, file = Path(folder) / "big.tbcp", Path(folder) / "corrected.txt"
        coder = big_transcript_project(path, lines=LINES, codings=CODINGS)
        with Project.open(path) as project:
            (document,) = project.records("document")
            before = project.texts([document.text])[document.text]
            file.write_text(corrected(before), encoding="utf-8")
            draft = read_document(file)
            planned: list[Revising] = []

            def plan() -> None:
                planned.append(plan_revision(project, document, draft, viewer=coder, file=file))

            figures = {
                "shared stretches": [seconds(lambda: kept_blocks(before, draft.text)) for _ in range(RUNS)],
                "the whole plan": [seconds(plan) for _ in range(RUNS)],
                "written": [seconds(lambda: apply_revision(project, planned[-1], coder=coder))],
            }
            fates = planned[-1].counts()["coding"]
    print(f"{len(before.split()):,} words, {EDITS:,} edits, {CODINGS:,} codings: {fates}")
    for name, times in figures.items():
        report(name, statistics.median(times), "s", limit=BUDGETS[name])


if __name__ == "__main__":
    main()
