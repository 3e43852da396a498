"""Tables out: rows under headings, as CSV, as JSON, or as a sheet of an Excel workbook."""

from tbcp_qual.writers.tables.csv_file import write_csv
from tbcp_qual.writers.tables.json_file import write_json
from tbcp_qual.writers.tables.table import Cell, Table
from tbcp_qual.writers.tables.workbook import write_workbook

__all__ = ["Cell", "Table", "write_csv", "write_json", "write_workbook"]
