"""From a key press to the last painted byte on the full workbench: 20,000 lines, 5,000 codings, panes following.

Once as the disk is, once with 50 ms added to each commit. Run: uv run python benchmarks/workbench_keys.py
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from big_project import big_transcript_project
from measuring import compiled

WALK = [
    "right",
    "right",
    "down",
    "down",
    "right",
    "down",
    "left",
    "up",
    "s",
    "1",
    "escape",
    "shift+right",
    "shift+right",
    "2",
    "escape",
    "down",
    "down",
    "n",
    "n",
    "pagedown",
    "ctrl+down",
    "s",
    "s",
    "3",
    "u",
    "ctrl+down",
    "space",
    "g",
    "down",
    "down",
    "pageup",
    "right",
    "right",
    "shift+down",
    "4",
    "escape",
    "ctrl+up",
]


def main() -> int:
    """Print the figures; return 1 where the budget is missed."""
    compiled()
    here = Path(__file__).parent
    good = True
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.tbcp"
        big_transcript_project(path)
        environment = {**os.environ, "XDG_STATE_HOME": folder}
        for added in (0, 50):
            print(f"{added} ms added to each commit:", flush=True)
            command = [sys.executable, str(here / "slow_disk.py"), str(path), str(added)]
            keys = [sys.executable, str(here / "key_to_paint.py"), "--walk", *WALK, "--", *command]
            good &= subprocess.run(keys, env=environment, check=False).returncode == 0
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
