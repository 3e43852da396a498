"""A file is written whole or not at all: beside its target under another name, then put in its place."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tbcp_qual.errors import BadInput


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to, which takes the place of `path` once all is written; only its owner can read it.

    Raises:
        BadInput: the target is a folder, its folder is missing, or it cannot be written.
    """
    target = path.resolve()
    if os.path.isdir(target):
        raise BadInput(f"{path} is a folder.", "Give the name of a file in it.")
    if not target.parent.is_dir():
        raise BadInput(f"There is no folder {path.parent}.", "Make it first, or choose another.")
    beside = target.with_name(f".tbcp-{secrets.token_hex(8)}.part")
    try:
        with open(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError as problem:
        raise BadInput(f"{path} cannot be written: {problem.strerror or problem}.", _hint(problem)) from None
    finally:
        beside.unlink(missing_ok=True)


def _hint(problem: OSError) -> str:
    if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "Close it in Word if it is open there, or choose a folder you may write to."
    if problem.errno == errno.ENOSPC:
        return "Free some space; what was there before is untouched."
    return "What was there before is untouched."
