"""The list that says which words became which pseudonym: the key to everybody's name.

It lies outside the project file, in the user's state folder or where the team says, in a file that only its owner can
read; no writer, pack or export knows of it.
"""

import csv
import io
import os
import re
import stat
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from tbcp_qual.errors import BadInput, Conflict
from tbcp_qual.privacy.wording import folded

COLUMNS = ("kind", "words", "pseudonym", "where")
"""The last is empty but for words that are somebody else in another family: then it says in which."""
_NUMBERED = re.compile(r"\[(?P<role>[^\[\]\n]{1,50}) (?P<letters>[A-Z]{1,3})\]")
_PSEUDONYM = re.compile(r"\[[^\[\]\n]{1,60}\]")
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_LARGEST = 20_000_000
_HAS_MODES = os.name == "posix"


def default_path(project: str) -> Path:
    """Return where the list of a project lies unless the team says otherwise.

    Args:
        project: the project's id; the list survives the moving and renaming of the project file.
    """
    import platformdirs

    return Path(platformdirs.user_state_dir("tbcp-qual", appauthor=False)) / "pseudonyms" / f"{project}.csv"


def numbered_in(text: str) -> set[str]:
    """Return the lettered pseudonyms that already stand in a text, as `[Parent A]`.

    >>> sorted(numbered_in("[Parent A] and [Worker AB] met [P07] on [date]."))
    ['[Parent A]', '[Worker AB]']
    """
    return {match.group() for match in _NUMBERED.finditer(text)}


class Pseudonyms:
    """Which words stand behind which pseudonym; the same words of one kind always get the same."""

    def __init__(self, path: Path, *, taken: Iterable[str] = ()) -> None:
        """Begin an empty list that will be saved at `path`.

        Args:
            path: where it is to lie.
            taken: pseudonyms that texts already hold, which are not given again.
        """
        self.path = path
        self.mended = False
        """Whether others could read the file when it was loaded; they no longer can."""
        self._given: dict[tuple[str, str, str], tuple[str, str]] = {}
        """By kind, folded words and where: the words and their pseudonym."""
        self._taken = set(taken)
        self._digest = ""
        """Of the file as it was last read or written; empty where there was none."""

    @classmethod
    def load(cls, path: Path, *, taken: Iterable[str] = ()) -> "Pseudonyms":
        """Read a list; one that is not there is an empty one. A file that others can read is closed to them.

        Raises:
            BadInput: the file cannot be read, cannot be closed to others, or is no list of pseudonyms.
        """
        kept = cls(path, taken=taken)
        content = _read(path)
        if content is None:
            return kept
        kept.mended = _close_to_others(path)
        kept._digest = sha256(content).hexdigest()
        try:
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
        except (UnicodeDecodeError, csv.Error):
            raise BadInput(
                f"{path} is no list of pseudonyms.", "It is a CSV file in UTF-8 that this program wrote."
            ) from None
        if not rows or tuple(rows[0]) not in (COLUMNS, COLUMNS[:3]):
            raise BadInput(f"{path}, line 1: the columns are not {', '.join(COLUMNS)}.", "Restore it from a copy.")
        for number, row in enumerate(rows[1:], start=2):
            if len(row) != len(rows[0]) or not row[1].strip() or not _PSEUDONYM.fullmatch(row[2]):
                raise BadInput(
                    f"{path}, row {number} is not a kind, words and a pseudonym in brackets.", "Restore it from a copy."
                )
            kept._given[row[0], folded(row[1]), row[3] if len(row) > 3 else ""] = (row[1], row[2])
            kept._taken.add(row[2])
        return kept

    def __len__(self) -> int:
        return len(self._given)

    def rows(self) -> tuple[tuple[str, str, str], ...]:
        """Return kind, words and pseudonym of everything on the list, in the order given.

        Words that are several people's have a pseudonym here that says of none of them which: [Child].
        """
        found: dict[tuple[str, str], tuple[str, set[str]]] = {}
        for (kind, key, _), (words, pseudonym) in self._given.items():
            found.setdefault((kind, key), (words, set()))[1].add(pseudonym)
        return tuple((kind, words, _of_all(pseudonyms)) for (kind, _), (words, pseudonyms) in found.items())

    def for_(self, kind: str, words: str, role: str, where: str = "") -> str:
        """Return the pseudonym of some words, a new one where they have none.

        The same words are the same whatever their capitals, spacing and possessive. Save the list before a text is
        changed by it: a pseudonym in a text that is on no list cannot be traced again.

        Args:
            kind: the kind of finding.
            words: the words as the text has them.
            role: who or what it is, as Parent or School, with or without brackets.
            where: in which family or document they stand; it matters for words that are several people's.
        """
        key = (kind, folded(words), where if self.is_apart(kind, words) else "")
        if key not in self._given:
            self._given[key] = (" ".join(words.split()), self._next(role))
            self._taken.add(self._given[key][1])
        return self._given[key][1]

    def is_apart(self, kind: str, words: str) -> bool:
        """Return whether these words are somebody else in another family."""
        key = folded(words)
        return any(where and (kind, key) == (k, w) for k, w, where in self._given)

    def given(self, kind: str, words: str) -> str:
        """Return the pseudonym that words have everywhere; empty where they have none, or are several people's."""
        return self._given.get((kind, folded(words), ""), ("", ""))[1]

    def keep(self, kind: str, words: str, pseudonym: str) -> None:
        """Put words on the list with a pseudonym that a person chose; it may stand for other words too.

        Raises:
            BadInput: the pseudonym is not in square brackets.
        """
        if not _PSEUDONYM.fullmatch(pseudonym):
            raise BadInput("A pseudonym stands in square brackets, on one line.", "For example [Parent A].")
        self._given[kind, folded(words), ""] = (" ".join(words.split()), pseudonym)
        self._taken.add(pseudonym)

    def join(self, kind: str, names: Sequence[str], role: str) -> str:
        """Say that all these names are one person's; return their pseudonym: the first that one of them has, or a new one.

        Args:
            kind: the kind of finding.
            names: as the texts have them.
            role: who it is, where a pseudonym has to be made.
        """
        there = [given for name in names if (given := self.given(kind, name))]
        pseudonym = there[0] if there else self._next(role)
        for name in names:
            for key in [key for key in self._given if key[:2] == (kind, folded(name))]:
                del self._given[key]
            self.keep(kind, name, pseudonym)
        return pseudonym

    def part(self, kind: str, words: str, roles: Mapping[str, str]) -> dict[str, str]:
        """Say that words are somebody else in each of some places; return the pseudonyms by place.

        The first place keeps the pseudonym that the words have, if they have one.

        Args:
            kind: the kind of finding.
            words: as the texts have them.
            roles: who it is in each place.
        """
        earlier = self._given.pop((kind, folded(words), ""), None)
        for where, role in roles.items():
            key = (kind, folded(words), where)
            if key not in self._given:
                pseudonym, earlier = (earlier[1], None) if earlier else (self._next(role), None)
                self._given[key] = (" ".join(words.split()), pseudonym)
                self._taken.add(pseudonym)
        return {where: self._given[kind, folded(words), where][1] for where in roles}

    def _next(self, role: str) -> str:
        plain = " ".join(role.strip().strip("[]").split())[:50] or "Person"
        number = 1
        while f"[{plain} {_letters(number)}]" in self._taken:
            number += 1
        return f"[{plain} {_letters(number)}]"

    def save(self) -> None:
        """Write the list, all of it or nothing, so that only its owner can read it.

        Raises:
            Conflict: somebody else wrote the file since it was read.
            BadInput: the file cannot be written.
        """
        now = _read(self.path)
        if (sha256(now).hexdigest() if now is not None else "") != self._digest:
            raise Conflict(
                f"{self.path} was written by somebody else meanwhile.", "Nothing was changed; begin this step again."
            )
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((kind, *given, where) for (kind, _, where), given in self._given.items())
        content = out.getvalue().encode()
        partial = self.path.with_name(f".{self.path.name}.{os.getpid()}.part")
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            partial.unlink(missing_ok=True)
            opened = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(opened, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, self.path)
            _sync_folder(self.path.parent)
        except OSError as problem:
            partial.unlink(missing_ok=True)
            raise BadInput(
                f"{self.path} cannot be written: {problem.strerror}.", "Give another place for it."
            ) from None
        self._digest = sha256(content).hexdigest()


def _of_all(pseudonyms: set[str]) -> str:
    """Return one pseudonym for words that have several.

    >>> _of_all({"[Child A]"}), _of_all({"[Child A]", "[Child B]"}), _of_all({"[Child A]", "[Worker A]"})
    ('[Child A]', '[Child]', '[Person]')
    """
    if len(pseudonyms) == 1:
        return next(iter(pseudonyms))
    roles = {match["role"] if (match := _NUMBERED.fullmatch(one)) else "Person" for one in pseudonyms}
    return f"[{roles.pop()}]" if len(roles) == 1 else "[Person]"


def _letters(number: int) -> str:
    """Return the n-th label, from 1: A to Z, AA, AB and so on."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _read(path: Path) -> bytes | None:
    """Return what a file holds; None where there is none."""
    try:
        if path.stat().st_size > _LARGEST:
            raise BadInput(f"{path} is too large for a list of pseudonyms.", "Give the path of the list.")
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        raise BadInput(f"{path} cannot be read.", "Give the path of the list of pseudonyms.") from None


def _close_to_others(path: Path) -> bool:
    """Take a file from everybody but its owner; return whether that was needed."""
    if not _HAS_MODES or not path.stat().st_mode & _OTHERS:
        return False
    try:
        path.chmod(0o600)
    except OSError:
        raise BadInput(
            f"{path} can be read by others, and cannot be closed to them.", "Move it where it is yours."
        ) from None
    if path.stat().st_mode & _OTHERS:
        # Drives without permissions take the call and do nothing.
        raise BadInput(f"{path} can be read by others, and cannot be closed to them.", "Move it where it is yours.")
    return True


def _sync_folder(folder: Path) -> None:
    if _HAS_MODES:
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
