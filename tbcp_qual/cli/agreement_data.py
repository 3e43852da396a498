"""The command that compares coders over a table of anybody's: units × coders, from a CSV file."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tbcp_qual.cli.running import FILE, json_option
from tbcp_qual.cli.showing import print_json, print_table, say
from tbcp_qual.coding.counting import some
from tbcp_qual.errors import UsageError

if TYPE_CHECKING:
    from tbcp_qual.agreement.ratings import Figure, Level, Ratings, Scheme, Value
    from tbcp_qual.readers.tables import RatingSheet

LEVELS = ["nominal", "ordinal", "interval", "ratio"]
SCHEMES = ["identity", "linear", "quadratic", "ordinal", "radical", "ratio", "circular", "bipolar"]
NO_FIGURE = "–"


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "--level",
    type=click.Choice(LEVELS),
    default="nominal",
    show_default=True,
    help="What may be said of two different values.",
)
@click.option("--weights", type=click.Choice(SCHEMES), help="How nearly two values count as agreement.")
@click.option("--order", metavar="A,B,C", help="All categories that coders could choose from, in order.")
@json_option
def data(file: Path, level: "Level", weights: "Scheme | None", order: str | None, as_json: bool) -> None:
    """Say how far coders agree in a table: header unit,CODER1,CODER2 and so on; a row a unit; empty is missing.

    Without --weights, weighted kappa and AC2 take those of the level: identity, ordinal, quadratic, ratio. With it,
    Scott, Fleiss, Conger and Brennan-Prediger are weighted too; alpha always goes by the level. docs/methods.md has
    each formula.
    """
    from tbcp_qual.agreement.statistics import STATISTICS

    sheet, ratings = _read(file, level, weights, order)
    figures = {name: statistic.of(ratings) for name, statistic in STATISTICS.items()}
    if as_json:
        print_json(
            {
                "units": len(sheet.rows),
                "coders": len(sheet.coders),
                "statistics": {name: _as_json(figure) for name, figure in figures.items()},
            }
        )
        return
    _show(sheet, ratings, figures)


def _read(file: Path, level: "Level", weights: "Scheme | None", order: str | None) -> "tuple[RatingSheet, Ratings]":
    """Read the table; what goes by an order takes it from the numbers, or from what was said."""
    from tbcp_qual.agreement.ratings import Ratings
    from tbcp_qual.readers.tables import in_numbers, read_ratings

    by_size = level in ("interval", "ratio")
    by_order = level == "ordinal" or weights not in (None, "identity")
    offered = None
    if order is not None:
        offered, by_size = _offered(order, by_size=by_size, by_order=by_order)
    sheet = read_ratings(file, numbers=by_size, allowed=offered)
    if by_order and not by_size and offered is None:
        as_numbers = in_numbers(sheet)
        if as_numbers is None:
            what = "The ordinal level needs" if level == "ordinal" else f"Weights ({weights}) need"
            raise UsageError(f"{what} an order, and the values are not all numbers.", "Say it: --order low,middle,high")
        sheet = as_numbers
    coders = len(sheet.coders)
    return sheet, Ratings.from_rows(sheet.rows, coders=coders, level=level, categories=offered, weights=weights)


def _offered(order: str, *, by_size: bool, by_order: bool) -> "tuple[tuple[Value, ...], bool]":
    """Return the categories that were said, and whether they are numbers.

    Numbers in another order than their own are names; so are they where nothing goes by an order.
    """
    from tbcp_qual.readers.tables import number

    named = [name.strip() for name in order.split(",")]
    sizes = [size for size in map(number, named) if size is not None]
    if by_size and len(sizes) < len(named):
        raise UsageError("This level needs numbers; not all in --order are.")
    numbers = by_size or (by_order and len(sizes) == len(named) and sizes == sorted(sizes))
    offered: tuple[Value, ...] = tuple(sorted(sizes)) if numbers else tuple(named)
    if "" in named or len(offered) < 2 or len(set(offered)) < len(offered):
        raise UsageError("--order names two or more categories, each once.", "As in: --order low,middle,high")
    return offered, numbers


def _as_json(figure: "Figure") -> dict[str, Any]:
    from tbcp_qual.agreement.ratings import Undefined

    if isinstance(figure, Undefined):
        return {"value": None, "undefined": figure.reason, "ci95": None, "se": None}
    return {
        "value": figure.value,
        "undefined": None,
        "ci95": list(figure.ci95) if figure.ci95 else None,
        "se": figure.se,
    }


def _show(sheet: "RatingSheet", ratings: "Ratings", figures: "Mapping[str, Figure]") -> None:
    from tbcp_qual.agreement.ratings import Undefined
    from tbcp_qual.agreement.statistics import STATISTICS
    from tbcp_qual.agreement.statistics.percent_agreement import specific_agreement
    from tbcp_qual.agreement.weights import chosen

    rows = []
    reasons: dict[str, list[str]] = {}
    for name, figure in figures.items():
        label = STATISTICS[name].label
        if isinstance(figure, Undefined):
            reasons.setdefault(figure.reason, []).append(label)
            rows.append([label, NO_FIGURE, "", ""])
        else:
            form = "{:.1%}" if name == "percent_agreement" else "{:z.3f}"
            around = " to ".join(map(form.format, figure.ci95)) if figure.ci95 else NO_FIGURE
            rows.append([label, form.format(figure.value), around, form.format(figure.se) if figure.se else NO_FIGURE])
    print_table(rows, ["statistic", "value", "95 % interval", "standard error"])
    for reason, labels in reasons.items():
        say(f"{NO_FIGURE} undefined: {reason} ({', '.join(labels)})")
    pairable = ratings.pairable()
    rated = sum(pairable.values())
    say(
        f"\n{some(len(sheet.rows), 'unit')}, {rated:,} of them rated by two or more of"
        f" {len(sheet.coders)} coders: {', '.join(sheet.coders)}."
    )
    by_level = f"Weights of weighted kappa and AC2: {chosen(ratings, by_level=True)}, those of the level."
    by_choice = f"Weights of all but percent, Holsti, Cohen, AC1 and alpha: {ratings.weights}."
    say(f"Level: {ratings.level}. {by_choice if ratings.weights else by_level}")
    specific = sorted(specific_agreement(ratings).items(), key=lambda item: str(item[0]))
    if 1 < len(specific) <= 10:
        shares = ", ".join(f"{value} {share:.3f}" for value, share in specific)
        say(f"Agreement on each value, where one of two says it: {shares}.")
    if len(sheet.coders) == 2 and len(specific) == 2:
        _show_cells(sheet, pairable, [value for value, _ in specific])
    say(
        "Intervals: Student's t with published standard errors, as if units were drawn at random and coders were"
        " these; where units hang together, as in one transcript, they are too narrow."
    )


def _show_cells(sheet: "RatingSheet", pairable: "Mapping[tuple[Value, ...], int]", values: "list[Value]") -> None:
    for value in values:
        both = pairable.get((value, value), 0)
        first = sum(n for (one, other), n in pairable.items() if one == value != other)
        second = sum(n for (one, other), n in pairable.items() if other == value != one)
        say(f"{value}: both {both:,}, {sheet.coders[0]} only {first:,}, {sheet.coders[1]} only {second:,}.")
