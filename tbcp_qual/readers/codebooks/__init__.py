"""Codebooks in: YAML, CSV, Excel and Word; the end of the file's name says which."""

from pathlib import Path

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
        from tbcp_qual.readers.codebooks.word import read_word_codebook

        return read_word_codebook(path)
    from tbcp_qual.readers.codebooks.codebook import read_yaml_codebook

    return read_yaml_codebook(path)
