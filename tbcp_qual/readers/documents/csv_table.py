"""CSV as documents: one row a turn, or one row a record."""

from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents.columns import Table, find_columns, not_taken, shape_of, turns_of
from tbcp_qual.readers.documents.draft import Reading, Source
from tbcp_qual.readers.documents.limits import count
from tbcp_qual.readers.files import parse_csv


class CsvTable:
    """Reads `.csv`."""

    name = "a CSV table"
    suffixes: tuple[str, ...] = (".csv", ".tsv")

    def read(self, source: Source) -> Reading:
        """Read a table; its columns are found by their names."""
        count(source.content.count(b"\n"), "lines", source.path)
        sheet = parse_csv(source.content, source.path)
        rows = tuple(tuple(row.cells[name] for name in sheet.columns) for row in sheet.rows)
        table = Table(header=sheet.columns, rows=rows)
        if not rows:
            raise BadInput(f"{source.path} has a header and no rows.", "There is nothing to bring in.")
        columns = find_columns(table, source.columns, source.path)
        return Reading(
            said=tuple(turns_of(table, columns)), shape=shape_of(table, columns), left_out=not_taken(table, columns)
        )


READER = CsvTable()
