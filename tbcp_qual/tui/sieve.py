"""Which codings the transcript shows: all, those of one code or branch, of one coder, or none."""

from collections.abc import Iterable

from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.records import Coder, Coding


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """What lets some codings through."""

    said: str = ""
    """In words; empty for all."""
    codes: frozenset[str] | None = None
    """Ids; None for all."""
    coder: str = ""
    """Id; empty for all."""

    def lets(self, coding: Coding, code: str) -> bool:
        """Whether a coding is shown; `code` is the one it stands for now."""
        return (self.codes is None or code in self.codes) and self.coder in ("", coding.coder)


ALL = Sieve()
NONE = Sieve(said="no codings", codes=frozenset())


def offered(book: Codebook, code: str, viewer: str, coders: Iterable[Coder]) -> list[Sieve]:
    """Return what may be shown, all first and none last.

    Args:
        book: all codes.
        code: the one that is meant; empty where none is.
        viewer: id of the coder who looks.
        coders: of the project, the viewer among them.
    """
    found = [ALL]
    if code:
        found.append(Sieve(said=f"only {book.by_id[code].name}", codes=frozenset({code})))
        above = code if book.children.get(code) else book.by_id[code].parent
        if above is not None and above in book.by_id:
            found.append(Sieve(said=f"only {book.by_id[above].name} and below", codes=frozenset(book.branch(above))))
    found.append(Sieve(said="only yours", coder=viewer))
    found += [Sieve(said=f"only by {c.name}", coder=c.id) for c in coders if c.id != viewer]
    return [*found, NONE]
