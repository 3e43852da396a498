"""From starting the program to the first painted workbench, beside an empty Textual app, in a pseudo-terminal in turn.

The project has 1,000 documents and 100,000 codings. Run: uv run python benchmarks/start.py
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from big_project import many_documents_project
from measuring import compiled, ratio_of, report
from terminal import Terminal

LIMIT = 1.6
GUTTER = "┊".encode()
"""Stands beside each row of a transcript, and nowhere else."""
EMPTY = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    def compose(self):
        yield Static("empty")

Empty().run()
"""


def painted(command: list[str], environment: dict[str, str], *last: bytes) -> list[float]:
    """Return the seconds from the start until each of some words is painted, which come one after the other."""
    with Terminal(command, columns=120, rows=40, environment=environment) as terminal:
        came = []
        for words in last:
            at = came[-1] if came and words in terminal.last else terminal.read_until(words)
            assert at is not None, "nothing was painted"
            came.append(at)
        terminal.read_until_quiet(0.5)
        return [at - terminal.started for at in came]


def main() -> int:
    """Print the figure; return 1 where the budget is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--codings", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=12)
    asked = parser.parse_args()
    compiled()
    command = Path(sys.executable).with_name("tbcp-qual")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.tbcp"
        many_documents_project(path, documents=asked.documents, codings=asked.codings)
        state = {"XDG_STATE_HOME": folder}
        ours, whole, theirs = [], [], []
        for run in range(asked.runs + 1):
            first, words = painted([str(command), "--coder", "AK", "open", str(path)], state, b"? help", GUTTER)
            (empty,) = painted([sys.executable, "-c", EMPTY], state, b"empty")
            if run:
                ours.append(first)
                whole.append(words)
                theirs.append(empty)
    beside = f"{statistics.median(ours) * 1000:.0f} ms against {statistics.median(theirs) * 1000:.0f} ms"
    beside += f"; with the words of the transcript {ratio_of(whole, theirs):.2f} times"
    name = f"start with {asked.documents:,} documents and {asked.codings:,} codings"
    holds = report(name, ratio_of(ours, theirs), "times an empty app", limit=LIMIT, beside=beside)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
