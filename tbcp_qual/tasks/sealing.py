"""Files sealed by a passphrase, for their way between two people.

The format is age (version 1, age-encryption.org/v1; scrypt and ChaCha20-Poly1305), which the program `age` reads too.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tbcp_qual.errors import BadInput, UsageError
from tbcp_qual.writers.whole import whole_file

SUFFIX = ".age"
SHORTEST = 12
"""Characters of a passphrase: whoever has the file may try as many as they like."""
_MARK = b"age-encryption.org/"


def is_sealed(path: Path) -> bool:
    """Whether a file is sealed; False too where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MARK)) == _MARK
    except OSError:
        return False


def check_passphrase(passphrase: str) -> None:
    """Raise where a passphrase is too short.

    Raises:
        UsageError: it is.
    """
    if len(passphrase) < SHORTEST:
        raise UsageError(
            f"The passphrase is too short: {SHORTEST} characters at least.", "Four words that belong together nowhere."
        )


def seal(path: Path, target: Path, passphrase: str) -> None:
    """Write a sealed copy of a file.

    Raises:
        UsageError: the passphrase is too short.
        BadInput: the file cannot be read, is sealed already or being written, or the target is there or cannot be.
    """
    from pyrage import passphrase as age

    check_passphrase(passphrase)
    if is_sealed(path):
        raise BadInput(f"{path} is sealed already.", "One passphrase is enough.")
    if path.with_name(f"{path.name}-journal").exists():
        raise BadInput(
            f"{path} is being written, or was left in the middle of it.", "Open it once and close it; then seal it."
        )
    _free(target)
    content = _content(path)
    with whole_file(target) as file:
        file.write(age.encrypt(content, passphrase))


def unseal(path: Path, target: Path, passphrase: str) -> None:
    """Write what a sealed file holds.

    Raises:
        BadInput: it is not sealed, damaged, or sealed by another passphrase; or the target is there already.
    """
    _free(target)
    content = unsealed(path, passphrase)
    with whole_file(target) as file:
        file.write(content)


@contextmanager
def unsealed_for(path: Path, folder: Path, passphrase: str) -> Iterator[Path]:
    """Give what a sealed file holds as a file in a folder of the project's, which is gone afterwards.

    Raises:
        BadInput: as `unseal`.
    """
    with lying_in(folder, unsealed(path, passphrase)) as beside:
        yield beside


@contextmanager
def lying_in(folder: Path, content: bytes) -> Iterator[Path]:
    """Give what was unsealed as a file in a folder of the project's, which is gone afterwards.

    Raises:
        BadInput: it cannot be written.
    """
    beside = folder / f".tbcp-{secrets.token_hex(8)}.part"
    try:
        with whole_file(beside) as file:
            file.write(content)
        yield beside
    finally:
        beside.unlink(missing_ok=True)
        beside.with_name(f"{beside.name}-journal").unlink(missing_ok=True)


def unsealed(path: Path, passphrase: str) -> bytes:
    """Return what a sealed file holds; it takes seconds, so that trying passphrases does not pay.

    Raises:
        BadInput: it is not sealed, damaged, or sealed by another passphrase.
    """
    from pyrage import DecryptError
    from pyrage import passphrase as age

    content = _content(path)
    if not content.startswith(_MARK):
        raise BadInput(f"{path} is not sealed.", "It can be opened as it is.")
    try:
        opened: bytes = age.decrypt(content, passphrase)
    except DecryptError:
        raise BadInput(
            f"{path} does not open: the passphrase is another, or the file is damaged.",
            "Ask whoever sealed it; upper and lower case and spaces count.",
        ) from None
    return opened


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise BadInput(f"{path} cannot be read: {problem.strerror or problem}.", "Check the name.") from None


def _free(target: Path) -> None:
    if target.exists():
        raise BadInput(f"{target} is there already.", "Choose another name; nothing was overwritten.")
