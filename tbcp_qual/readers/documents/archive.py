"""Zip archives of documents: their members by name, unpacked one at a time into memory and never onto a disk."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents.package import UNREADABLE, unpack
from tbcp_qual.readers.files import LARGEST

SUFFIX = ".zip"
LARGEST_ARCHIVE = 500_000_000
"""Bytes of the largest archive that is opened; each document in it may be as large as any other."""
MOST_MEMBERS = 10_000


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive."""

    path: Path
    """The archive's path, and its own inside."""
    archive: zipfile.ZipFile
    info: zipfile.ZipInfo

    def read(self) -> bytes:
        """Unpack it.

        Raises:
            BadInput: its name leads out of the archive, or it has a password, is an archive itself, damaged, too
                large or empty.
        """
        name = self.info.filename
        if name.startswith(("/", "\\")) or ":" in name[:3] or ".." in name.replace("\\", "/").split("/"):
            raise BadInput(f"{self.path} is refused: its name leads out of the archive.", "It may be harmful.")
        if name.lower().endswith(SUFFIX):
            raise BadInput(f"{self.path} is an archive inside an archive.", "Unpack it, and import what is in it.")
        if self.info.flag_bits & 1:
            raise BadInput(f"{self.path} has a password.", "Unpack the archive, and import what is in it.")
        if self.info.file_size > LARGEST:
            raise BadInput(f"{self.path} is larger than {LARGEST / 1e6:.0f} MB.", "Is it really a text?")
        try:
            content = unpack(self.archive, self.info, self.path, LARGEST)
        except UNREADABLE as problem:
            raise BadInput(f"{self.path} is damaged and cannot be unpacked.", "Make the archive again.") from problem
        if not content:
            raise BadInput(f"{self.path} is empty.", "The file has no words in it.")
        return content


def members(path: Path) -> Iterator[Member]:
    """Give the files of an archive by name; folders, hidden files and what a Mac adds are left out.

    The archive stays open as long as a member of it is kept.

    Raises:
        BadInput: it is missing, too large, no archive or a damaged one, or has too many files.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_ARCHIVE:
            raise BadInput(f"{path} is {size / 1e6:.0f} MB; at most {LARGEST_ARCHIVE / 1e6:.0f} MB are opened.")
        archive = zipfile.ZipFile(path)
    except UNREADABLE as problem:
        reason = getattr(problem, "strerror", None)
        said = f"{path} cannot be read: {reason}." if reason else f"{path} is not a zip archive, or a damaged one."
        raise BadInput(said, "Make it again.") from problem
    found = [info for info in archive.infolist() if not info.is_dir()]
    if len(found) > MOST_MEMBERS:
        raise BadInput(f"{path} holds {len(found):,} files; at most {MOST_MEMBERS:,} are read.")
    for info in sorted(found, key=lambda info: info.filename):
        parts = PurePosixPath(info.filename.replace("\\", "/")).parts
        hidden = any(part.startswith((".", "~$")) and part != ".." for part in parts) or "__MACOSX" in parts
        if parts and not hidden:
            yield Member(path.joinpath(*(part for part in parts if part != "/")), archive, info)
