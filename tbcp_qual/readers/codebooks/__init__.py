"""Codebooks in: YAML, CSV and Excel; the end of the file's name says which."""

from pathlib import Path

from tbcp_qual.errors import BadInput
from tbcp_qual.readers.codebooks.draft import CodebookDraft

__all__ = ["CodebookDraft", "read_codebook"]


def read_codebook(path: Path) -> CodebookDraft:
    """Read a codebook; a file whose name ends otherwise than a table's is taken for YAML.

    Raises:
        BadInput: the file cannot be read, or something in it has no meaning; with the line.
    """
    suffix = path.suffix.casefold()
    if suffix in (".csv", ".tsv"):
        from tbcp_qual.readers.codebooks.tables import read_csv_codebook

        return read_csv_codebook(path)
    if suffix in (".xlsx", ".xlsm"):
        from tbcp_qual.readers.codebooks.tables import read_workbook_codebook

        return read_workbook_codebook(path)
    if suffix == ".docx":
        raise BadInput(f"{path} is a Word file; codebooks come in as YAML, CSV or Excel.", "Export it as one of those.")
    from tbcp_qual.readers.codebooks.codebook import read_yaml_codebook

    return read_yaml_codebook(path)
