"""From choosing another document to its first picture, with 1,000 documents and 100,000 codings in the project.

Beside it the same with a hundredth of the project: it must not grow. Run: uv run python benchmarks/opening.py
"""

import asyncio
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from big_project import many_documents_project
from measuring import compiled, report

from tbcp_qual.tui.app import Workbench

LIMIT = 0.1
"""Seconds."""
RUNS = 40


async def opened(path: Path, coder: str) -> list[float]:
    """Return the seconds until each of some documents is painted, one opened after the other."""
    app = Workbench(path, coder)
    found = []
    async with app.run_test(size=(120, 40)) as pilot:
        while app.writer.waiting or app.desk.document is None:
            await pilot.pause(0.02)
        draw = random.Random(3)
        for _ in range(RUNS):
            document = draw.choice(app.desk.documents)
            painted = asyncio.Event()
            started = time.perf_counter()
            app.code_screen.open_document(document.id)
            app.code_screen.call_after_refresh(painted.set)
            await painted.wait()
            found.append(time.perf_counter() - started)
            await pilot.pause()
        app.leave()
    return found


def main() -> int:
    """Print the figures; return 1 where the limit is missed."""
    compiled()
    medians = []
    good = True
    with tempfile.TemporaryDirectory() as folder:
        for documents in (10, 1000):
            path = Path(folder) / f"{documents}.tbcp"
            coder = many_documents_project(path, documents=documents, codings=documents * 100)
            found = sorted(asyncio.run(opened(path, coder)))
            medians.append(statistics.median(found))
            worst = found[len(found) * 95 // 100]
            good &= report(
                f"opening another of {documents:,} documents, {documents * 100:,} codings",
                worst * 1000,
                "ms at the 95th percentile",
                limit=LIMIT * 1000,
                beside=f"median {medians[-1] * 1000:.0f} ms",
            )
    print(f"a hundred times the project: {medians[1] / medians[0]:.1f} times as long")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
