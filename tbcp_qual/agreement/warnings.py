"""What has to be said beside a table of agreement so that nobody reads more out of it than is in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from tbcp_qual.agreement.ratings import Coefficient, Figure
from tbcp_qual.coding.codebook import SEPARATOR
from tbcp_qual.coding.rounds import FEW_UNITS

RARE = 0.05
"""Share of the decisions below which, or above one less which, a code varies so little that kappa and alpha fall."""

FALLEN = 0.3
"""So far below percent agreement a figure has fallen."""

RESTS_ON = ("percent_agreement", "cohen_kappa", "krippendorff_alpha")
"""Names of the statistics that warnings look at."""

MOST = 6
"""Codes that are named one by one."""

Kind = Literal["prevalence", "few units", "never used"]


class Told(Protocol):
    """What of a line of the table is looked at."""

    @property
    def path(self) -> str: ...
    @property
    def n(self) -> int: ...
    @property
    def prevalence(self) -> float | None: ...
    @property
    def figures(self) -> "dict[str, Figure]": ...
    @property
    def never(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """One warning, and the codes it holds for."""

    kind: Kind
    codes: tuple[str, ...]
    """Paths, in the order of the table."""
    message: str
    """A sentence, the first codes named in it."""


def warned_of(lines: Sequence[Told], unit: str) -> list[Warned]:
    """Return what is to be warned of in a table.

    Args:
        lines: a line for each code, without the one that is pooled.
        unit: what counts as one unit; segments are few by nature, and are not called so.
    """
    found: list[Warned] = []
    fallen = [line for line in lines if _fallen(line)]
    if fallen:
        named = _named([f"{_short(line.path)} ({line.prevalence:.1%})" for line in fallen])
        found.append(
            Warned(
                kind="prevalence",
                codes=tuple(line.path for line in fallen),
                message="Kappa and alpha fall where a code is used hardly ever, or nearly always, however well coders"
                f" agree; read both / one only and positive agreement beside them: {named}.",
            )
        )
    few = [line for line in lines if 0 < line.n < FEW_UNITS] if unit not in ("character", "overlap") else []
    if few:
        same = len({line.n for line in few}) == 1 and len(few) == len(lines)
        named = f"all codes (n = {few[0].n})" if same else _named([f"{_short(line.path)} ({line.n})" for line in few])
        found.append(
            Warned(
                kind="few units",
                codes=tuple(line.path for line in few),
                message=f"Fewer than {FEW_UNITS} units, so that each of them moves the figure: {named}.",
            )
        )
    who: dict[str, list[str]] = {}
    for line in lines:
        for coder in line.never:
            who.setdefault(coder, []).append(line.path)
    found.extend(
        Warned(
            kind="never used", codes=tuple(paths), message=f"{coder} never used: {_named(list(map(_short, paths)))}."
        )
        for coder, paths in who.items()
    )
    return found


def _fallen(line: Told) -> bool:
    if line.prevalence is None or RARE <= line.prevalence <= 1 - RARE:
        return False
    percent = line.figures["percent_agreement"]
    others = (line.figures["cohen_kappa"], line.figures["krippendorff_alpha"])
    return isinstance(percent, Coefficient) and any(
        isinstance(other, Coefficient) and percent.value - other.value >= FALLEN for other in others
    )


def _short(path: str) -> str:
    return path.split(SEPARATOR)[-1]


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return ", ".join(names[:MOST]) + more
