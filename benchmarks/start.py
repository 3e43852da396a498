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
EMPTY = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    def compose(self):
        yield Static("empty")

Empty().run()
"""


def first_paint(command: list[str], environment: dict[str, str], last: bytes) -> float:
    """Return the seconds from the start until the words that end the first picture are painted."""
    with Terminal(command, columns=120, rows=40, environment=environment) as terminal:
        came = terminal.read_until(last)
        assert came is not None, "nothing was painted"
        terminal.read_until_quiet(0.5)
        return came - terminal.started


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
        ours, theirs = [], []
        for run in range(asked.runs + 1):
            pair = (
                first_paint([str(command), "--coder", "AK", "open", str(path)], state, b"? help"),
                first_paint([sys.executable, "-c", EMPTY], state, b"empty"),
            )
            if run:
                ours.append(pair[0])
                theirs.append(pair[1])
    beside = f"{statistics.median(ours) * 1000:.0f} ms against {statistics.median(theirs) * 1000:.0f} ms"
    name = f"start with {asked.documents:,} documents and {asked.codings:,} codings"
    holds = report(name, ratio_of(ours, theirs), "times an empty app", limit=LIMIT, beside=beside)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
