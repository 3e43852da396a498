"""A table as JSON: a list of objects, one a row, by the headings."""

import json
from pathlib import Path

from tbcp_qual.writers.tables.table import Table
from tbcp_qual.writers.whole import whole_file


def write_json(table: Table, path: Path) -> None:
    """Write a table to a JSON file, which is replaced as a whole.

    Raises:
        BadInput: the file cannot be written.
    """
    rows = [dict(zip(table.headings, row, strict=True)) for row in table.rows]
    with whole_file(path) as file:
        file.write((json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace"))
