"""What all readers of files share: bytes within limits, their encoding, and CSV rows with line numbers.

Every way in which a file can be unfit has a sentence of its own, so that a person knows what to do about it.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from tbcp_qual.coding.text import clean, one_line
from tbcp_qual.errors import BadInput

LARGEST = 50_000_000
"""Bytes of the largest file that is read."""

LONGEST_NAME = 40
"""Characters of a name that an error repeats."""

_SAMPLE = 200_000
"""Bytes from which an encoding is guessed; trying all of them on a large file takes minutes."""

_SAVE_AS_UTF8 = "Open it in the program it came from and save it as plain text, UTF-8."
_SIGNATURES = {
    b"PK\x03\x04": "a zip archive or a Word file",
    b"%PDF": "a PDF",
    b"{\\rtf": "an RTF file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"SQLite format 3": "a database",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


def read_bytes(path: Path) -> bytes:
    """Return what a file holds.

    Raises:
        BadInput: it is missing, a folder, empty, unreadable or larger than `LARGEST`.
    """
    try:
        if path.is_dir():
            raise BadInput(f"{path} is a folder.", "A file is meant here.")
        if not path.exists():
            raise BadInput(f"{path} is not there.", "Check the name.")
        if not path.is_file():
            raise BadInput(f"{path} is not a file.")
        size = path.stat().st_size
        if size > LARGEST:
            raise BadInput(
                f"{path} is {size / 1e6:.0f} MB; at most {LARGEST / 1e6:.0f} MB are read.", "Is it really a text?"
            )
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or type(problem).__name__
        raise BadInput(f"{path} cannot be read: {reason}.") from problem
    if not content:
        raise BadInput(f"{path} is empty.", "The file has no words in it.")
    return content


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The characters of a file, not yet cleaned."""

    text: str
    guessed: str = ""
    """Name of the encoding where it had to be guessed; empty where it was certain."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should look at."""
        if not self.guessed:
            return ()
        return (f"its encoding was guessed to be {self.guessed}; look at accents and quotation marks",)


def decode(content: bytes, path: Path, *, declared: str = "") -> Decoded:
    """Return the characters of a text file: UTF-8, UTF-16 or UTF-32 by its mark, else a guess that is said.

    Args:
        declared: the encoding that the file itself says it has, for one that is not UTF-8.

    Raises:
        BadInput: it is no text, or no encoding fits.
    """
    for signature, what in _SIGNATURES.items():
        if content.startswith(signature):
            raise BadInput(f"{path} is {what}, not plain text.", _SAVE_AS_UTF8)
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            try:
                return Decoded(text=content.decode(encoding))
            except UnicodeDecodeError as problem:
                raise BadInput(
                    f"{path} says that it is {encoding.upper()} but is not, at byte {problem.start}.", _SAVE_AS_UTF8
                ) from problem
    if b"\x00" in content:
        return _wide(content, path)
    controls = sum(content.count(byte) for byte in range(1, 32) if byte not in (9, 10, 11, 12, 13, 27))
    if controls > max(4, len(content) / 100):
        raise BadInput(f"{path} is not text: it is full of control characters.", _SAVE_AS_UTF8)
    try:
        return Decoded(text=content.decode("utf-8"))
    except UnicodeDecodeError:
        try:
            return Decoded(text=content.decode(declared or "ascii"))
        except (ValueError, LookupError):
            return _guess(content, path)


def _wide(content: bytes, path: Path) -> Decoded:
    """Decode UTF-16 that has no mark: nearly every other byte of a text in Latin letters is then a zero."""
    half = len(content) // 2
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(content) % 2 == 0 and content[offset::2].count(0) > 0.7 * half and not content[1 - offset :: 2].count(0):
            try:
                return Decoded(text=content.decode(encoding), guessed=encoding)
            except UnicodeDecodeError:
                break
    raise BadInput(f"{path} is not text: it holds binary zeros.", _SAVE_AS_UTF8)


def _guess(content: bytes, path: Path) -> Decoded:
    from charset_normalizer import from_bytes

    odd = next(i for i in range(0, len(content), _SAMPLE) if not content[i : i + _SAMPLE].isascii())
    matches = from_bytes(content[odd : odd + _SAMPLE])
    best = matches.best()
    if best is None:
        raise BadInput(f"{path}: its encoding cannot be told.", _SAVE_AS_UTF8)
    # A handful of curly quotes fits many code pages equally; Windows wrote most of such files.
    fitting = [m for m in matches if m.encoding == "cp1252" and m.chaos <= best.chaos + 0.02]
    chosen = fitting[0] if fitting else best
    return Decoded(text=content.decode(chosen.encoding, "replace"), guessed=chosen.encoding)


def as_name(text: str, quotes: str = "“”") -> str:
    """Return what stands where a name is expected, for an error; long ones are counted, for they may be a transcript.

    >>> as_name("colour")
    '“colour”'
    """
    return f"{quotes[:1]}{text}{quotes[1:]}" if len(text) <= LONGEST_NAME else f"of {len(text)} characters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a CSV file."""

    line: int
    cells: dict[str, str]
    """By column name as in the file; white space at the ends removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A CSV file with a header."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_csv(path: Path, *, columns: Sequence[str] = (), optional: Sequence[str] | None = None) -> Sheet:
    """Read a CSV file with a header; rows without any content are passed over.

    Args:
        path: the file; comma, semicolon or tab between the cells, as its header shows.
        columns: names that must be there; upper and lower case are the same.
        optional: names that may be there besides; None allows any.

    Raises:
        BadInput: a column is missing, unknown, empty or there twice, or a row is ragged; with the line.
    """
    return parse_csv(read_bytes(path), path, columns=columns, optional=optional)


def parse_csv(
    content: bytes, path: Path, *, columns: Sequence[str] = (), optional: Sequence[str] | None = None
) -> Sheet:
    """Read what a CSV file holds, as `read_csv` does.

    Raises:
        BadInput: as `read_csv`.
    """
    text = clean(decode(content, path).text).text
    lines = _csv_lines(text, path)
    header_line, header = next(lines, (1, []))
    if not any(header):
        raise BadInput(f"{path} has no header.", "The first line names the columns.")
    if "" in header:
        raise BadInput(f"{path}, line {header_line}: column {header.index('') + 1} has no name.", "Name every column.")
    known = {name.casefold(): name for name in (*columns, *(optional or ()))}
    names = [known.get(name.casefold(), name) for name in header]
    where = f"{path}, line {header_line}"
    for name in columns:
        if name not in names:
            near = [as_name(found) for found in get_close_matches(name, names, n=1)]
            hint = f"Is {near[0]} meant?" if near else f"That line names {len(names)} columns, none of them so."
            raise BadInput(f"{where}: the column “{name}” is missing.", hint)
    for i, name in enumerate(names):
        if name.casefold() in (earlier.casefold() for earlier in names[:i]):
            raise BadInput(f"{where}: the column {as_name(name)} is there twice.", "Rename or remove one.")
        if optional is not None and name.casefold() not in known:
            allowed = ", ".join((*columns, *optional))
            raise BadInput(f"{where}: there is no column {as_name(name)}.", f"The columns are {allowed}.")
    rows = []
    for line, cells in lines:
        if not any(cells):
            continue
        if len(cells) != len(names):
            raise BadInput(
                f"{path}, line {line}: {len(cells)} cells, but the header has {len(names)}.",
                "A cell that contains a comma or a quotation mark stands in quotation marks.",
            )
        rows.append(Row(line=line, cells=dict(zip(names, cells, strict=True))))
    return Sheet(columns=tuple(names), rows=tuple(rows))


def _csv_lines(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Give each row with the line it begins on."""
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, [cell.strip() if "\n" in cell else one_line(cell) for cell in cells]
            begins = reader.line_num + 1
    except csv.Error as problem:
        raise BadInput(
            f"{path}, line {begins}: not CSV ({problem}).", "Look at the quotation marks there."
        ) from problem
