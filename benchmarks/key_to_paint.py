"""From a key press to the last painted byte, through a real pseudo-terminal.

Without arguments: the transcript alone, 20,000 lines and 5,000 codings. Any other program is timed by its command:
`python benchmarks/key_to_paint.py -- tbcp-qual open big.tbcp`.
"""

import argparse
import random
import statistics
import sys
import time
from pathlib import Path

from terminal import Terminal

BUDGET = 16.0
"""Milliseconds at the 95th percentile."""

WALK = (
    ["right"] * 8 + ["down"] * 8 + ["left"] * 3 + ["up"] * 3 + ["s", "s", "left"] + ["shift+right"] * 5
    + ["shift+down"] * 3 + ["left", "pagedown", "pagedown", "pageup", "ctrl+down", "ctrl+up", "s", ")", "(", "left"]
)  # fmt: skip
"""What a coder's hands do, over and over."""


def percentile(figures: list[float], share: float) -> float:
    """Return the figure that so large a share does not exceed."""
    ordered = sorted(figures)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def main() -> int:
    """Press the keys and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keys", type=int, default=300)
    parser.add_argument("--rate", type=float, default=15.0, help="keys a second at most")
    parser.add_argument("--columns", type=int, default=120)
    parser.add_argument("--rows", type=int, default=40)
    parser.add_argument("--walk", nargs="+", default=WALK, help="the keys to press, over and over")
    parser.add_argument("command", nargs="*")
    asked = parser.parse_args()
    page = Path(__file__).with_name("big_transcript.py")
    command = asked.command or [sys.executable, str(page)]
    by_key: dict[str, list[float]] = {}
    silent = 0
    pause = random.Random(3)
    with Terminal(command, columns=asked.columns, rows=asked.rows) as terminal:
        terminal.read_until_quiet(1.5)
        for press in range(asked.keys):
            key = asked.walk[press % len(asked.walk)]
            due = time.perf_counter() + pause.uniform(0.8, 1.2) / asked.rate
            took = terminal.press(key, quiet=0.045)
            if took is None:
                silent += 1
            else:
                by_key.setdefault(key, []).append(took * 1000)
            terminal.read_until_quiet(0.0, limit=max(due - time.perf_counter(), 0))
    waited = by_key.pop("escape", [])
    figures = [figure for taken in by_key.values() for figure in taken]
    if not figures:
        print("nothing was painted after any key")
        return 1
    for key, taken in sorted(by_key.items(), key=lambda item: -statistics.median(item[1])):
        print(
            f"  {key:12} n {len(taken):4}   p50 {statistics.median(taken):6.1f}   p95 {percentile(taken, 0.95):6.1f} ms"
        )
    if waited:
        print(
            f"escape, left out of what follows: p50 {statistics.median(waited):.1f} ms; Textual waits a tenth of a second"
            " to see whether a longer sequence follows"
        )
    p95 = percentile(figures, 0.95)
    print(f"key to last byte: p50 {statistics.median(figures):.1f} ms, p95 {p95:.1f} ms, max {max(figures):.1f} ms")
    print(
        f"{len(figures)} keys painted, {silent} had nothing to paint; {p95 / BUDGET:.2f} of the budget of {BUDGET:.0f} ms"
    )
    return 0 if p95 < BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
