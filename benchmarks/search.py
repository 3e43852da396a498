"""First hits over four million words, and how long it takes to make them findable.

Run: `uv run python benchmarks/search.py`. The peer is a plain scan of the same texts.
"""

import sys
import tempfile
from pathlib import Path

from big_transcript import transcript
from measuring import report, seconds

from tbcp_qual.coding.changes import create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Coder, Document, Turn
from tbcp_qual.coding.text import text_hash
from tbcp_qual.store import Project

WORDS = 4_000_000
TYPED = ["the", "worker", '"the worker"', "work*", "worker NEAR/5 came", "zebra", "form OR worker -came"]


def main() -> int:
    """Print the figures; exit with 1 where the budget is missed."""
    with tempfile.TemporaryDirectory() as folder, Project.create(Path(folder) / "big.tbcp", name="Big") as project:
        coder = Coder(id=new_id(), name="AK")
        project.apply("made", [create(coder)], coder="", undoable=False)
        words = documents = 0
        while words < WORDS:
            text, turns = transcript(400, seed=documents)
            words += len(text.split())
            document = Document(id=new_id(), name=f"D{documents:04}", source_type="parent", text=text_hash(text))
            made = [
                Turn(id=new_id(), document=document.id, text=document.text, head=t.head, start=t.start, end=t.end)
                for t in turns
            ]
            project.apply("made", [create(r) for r in (document, *made)], coder="", texts=[text], undoable=False)
            documents += 1
        took = seconds(project.index)
        print(f"{words:,} words in {documents} documents, {words / took:,.0f} words a second indexed")
        worst = 0.0
        for typed in TYPED:
            first = min(seconds(lambda t=typed: project.find(coder.id, t)) for _ in range(3))
            count = seconds(lambda t=typed: project.tally(coder.id, t))
            worst = max(worst, first)
            hits = sum(project.tally(coder.id, typed).values())
            print(f"  {typed}: first hits {1000 * first:.1f} ms, all {hits:,} counted in {1000 * count:.0f} ms")
        hashes = [d.text for d in project.records("document")]
        scan = seconds(lambda: sum(t.lower().count("worker") for t in project.texts(hashes).values()))
        return not report("first hits", 1000 * worst, "ms", limit=50, beside=f"a plain scan takes {1000 * scan:.0f} ms")


if __name__ == "__main__":
    sys.exit(main())
