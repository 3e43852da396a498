"""What paths stand for: files, folders with all documents below them, and zip archives.

In a folder not every table is a transcript and no README is one: there they are passed over with a sentence, and
whoever means them names them.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents import SUFFIXES, TABLES, Draft, Source, read_document, read_source, reader_of
from tbcp_qual.readers.documents.archive import SUFFIX as ARCHIVE
from tbcp_qual.readers.documents.archive import Member, members
from tbcp_qual.readers.documents.asking import with_roles

_NEVER = frozenset(("readme", "license", "licence", "changelog"))
_NAME_IT = "Name the file itself to bring it in."


class NotADocument(BadInput):
    """A file in a folder that nobody named, and that is no transcript."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file that may be a document."""

    path: Path
    """A member of an archive has the archive's path before its own."""
    member: Member | None = None
    """The member of an archive; None for a file of its own."""
    named: bool = True
    """Whether a person named it; else it lies in a folder or an archive."""
    problem: BadInput | None = None
    """Why it cannot be read, where that is known already."""

    def read(self, columns: Mapping[str, Sequence[str]] | None = None) -> Draft:
        """Read it, as `read_document` does; where no label says who asks, it is guessed.

        Raises:
            BadInput: it is unfit.
            NotADocument: it lies in a folder and is no transcript.
        """
        if self.problem is not None:
            raise self.problem
        if not self.named and self.path.stem.casefold() in _NEVER:
            raise NotADocument(f"a {self.path.stem} is about other files", _NAME_IT)
        doubtful = not self.named and not columns and self.path.suffix.lower() in TABLES
        content = None if self.member is None else self.member.read()
        try:
            draft = self._read(content, columns)
        except BadInput as problem:
            if doubtful:
                raise NotADocument("its columns do not say who said what", _NAME_IT) from problem
            raise
        if doubtful and "speaker" not in dict(draft.columns):
            raise NotADocument("no column of it says who spoke", _NAME_IT)
        return with_roles(draft)

    def _read(self, content: bytes | None, columns: Mapping[str, Sequence[str]] | None) -> Draft:
        if content is None:
            return read_document(self.path, columns=columns)
        reader_of(self.path)
        given = {field: tuple(names) for field, names in (columns or {}).items()}
        return read_source(Source(path=self.path, content=content, columns=given))


def find_documents(paths: Iterable[Path]) -> tuple[list[Found], Counter[str]]:
    """Return the files that paths stand for, and the suffixes in folders and archives that are passed over.

    A folder stands for all documents in it and below it, sorted; hidden files are left out.

    Raises:
        BadInput: a folder cannot be read.
    """
    files: dict[Path, Found] = {}
    passed_over: Counter[str] = Counter()
    for path in paths:
        if path.is_dir():
            for file in _below(path):
                suffix = file.suffix.lower()
                if suffix == ARCHIVE:
                    files |= _inside(file, passed_over)
                elif suffix in SUFFIXES:
                    files.setdefault(file, Found(path=file, named=False))
                else:
                    passed_over[suffix or "(no suffix)"] += 1
        elif path.suffix.lower() == ARCHIVE:
            files |= _inside(path, passed_over)
        else:
            files[path] = Found(path=path)
    return list(files.values()), passed_over


def _below(top: Path) -> Iterator[Path]:
    """Give the files in a folder and below it."""

    def unreadable(problem: OSError) -> None:
        raise BadInput(f"{problem.filename} cannot be read: {problem.strerror}.") from problem

    for folder, folders, names in os.walk(top, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", "~$")) and not name.lower().endswith(".tbcp"):
                yield Path(folder) / name


def _inside(path: Path, passed_over: Counter[str]) -> dict[Path, Found]:
    """Return the documents in an archive; one that cannot be opened stands for itself, with the reason."""
    files: dict[Path, Found] = {}
    try:
        for member in members(path):
            suffix = member.path.suffix.lower()
            if suffix in SUFFIXES or suffix == ARCHIVE:
                files[member.path] = Found(path=member.path, member=member, named=False)
            else:
                passed_over[suffix or "(no suffix)"] += 1
    except BadInput as problem:
        return {path: Found(path=path, problem=problem)}
    return files
