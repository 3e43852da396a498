"""A table as CSV, the way spreadsheets take it: UTF-8 with a mark, commas, and no text that acts as a formula."""

import csv
import io
from pathlib import Path

from tbcp_qual.formats.cells import guarded
from tbcp_qual.writers.tables.table import Table, worded
from tbcp_qual.writers.whole import whole_file


def write_csv(table: Table, path: Path) -> None:
    """Write a table to a CSV file, which is replaced as a whole.

    Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers.

    Raises:
        BadInput: the file cannot be written.
    """
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    for row in (table.headings, *table.rows):
        cells = (worded(cell) for cell in row)
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in cells])
    with whole_file(path) as file:
        file.write(lines.getvalue().encode("utf-8-sig", "replace"))
