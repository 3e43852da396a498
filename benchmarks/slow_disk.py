"""The workbench on a disk that takes longer for each commit: `python benchmarks/slow_disk.py FILE MILLISECONDS`.

The time is added where SQLite would wait for the disk: inside the commit, with the file locked.
"""

import sqlite3
import sys
import time
from pathlib import Path

from tbcp_qual.store import Project, file
from tbcp_qual.tui import open_workbench


class SlowConnection(sqlite3.Connection):
    """A connection whose commits take longer."""

    added = 0.0

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        """Run a statement; wait before a commit."""
        if sql == "COMMIT" and self.in_transaction and self.total_changes:
            time.sleep(self.added)
        return super().execute(sql, *values)


def main() -> None:
    """Open the project as its first coder."""
    path, SlowConnection.added = Path(sys.argv[1]), float(sys.argv[2]) / 1000
    with Project.open(path, read_only=True) as project:
        coder = project.records("coder")[0].id
    connect = sqlite3.connect
    file.sqlite3.connect = lambda *args, **kwargs: connect(*args, factory=SlowConnection, **kwargs)  # type: ignore[assignment]
    open_workbench(path, coder)


if __name__ == "__main__":
    main()
