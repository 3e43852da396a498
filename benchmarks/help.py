"""`tbcp-qual --help` beside a bare interpreter, as whole processes in turn.

Run: uv run python benchmarks/help.py
"""

import statistics
import subprocess
import sys
from pathlib import Path

from measuring import compiled, in_turn, ratio_of, report

LIMIT = 15.0
RUNS = 20


def main() -> int:
    """Print the figure; return 1 where the budget is missed."""
    compiled()
    command = Path(sys.executable).with_name("tbcp-qual")

    def run_help() -> None:
        subprocess.run([str(command), "--help"], stdout=subprocess.DEVNULL, check=True)

    def run_bare() -> None:
        subprocess.run([sys.executable, "-I", "-S", "-c", ""], check=True)

    ours, theirs = in_turn(run_help, run_bare, RUNS)
    beside = f"{statistics.median(ours) * 1000:.0f} ms against {statistics.median(theirs) * 1000:.0f} ms"
    holds = report("--help beside a bare interpreter", ratio_of(ours, theirs), "times", limit=LIMIT, beside=beside)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
