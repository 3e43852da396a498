"""The command that compares coders who drew their own units: spans of one continuum, from a CSV file."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table, remark, say
from tbcp_qual.coding.counting import some

if TYPE_CHECKING:
    from tbcp_qual.agreement.ratings import Figure
    from tbcp_qual.agreement.unitizing.continuum import Continuum, SpanFigure

NO_FIGURE = "–"
BY_CODE = {
    "u_alpha": "u-alpha",
    "ku_alpha": "(k)u-alpha",
    "alpha_u_1995": "alpha-U 1995",
    "boundary_similarity": "boundary",
    "dice": "Dice",
    "jaccard": "Jaccard",
}
"""What is shown code by code, with its heading."""


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "--length",
    type=click.IntRange(min=1),
    required=True,
    metavar="N",
    help="How long the continuum is; it begins at 0.",
)
@click.option("--coders", metavar="A,B,C", help="Coders who took part though they may have no row.")
@click.option("--seed", type=int, help="Seed of the chance continua of gamma.")
@json_option
@options
def spans(session: Session, file: Path, length: int, coders: str | None, seed: int | None, as_json: bool) -> None:
    """Say how far coders agree on spans of one text: header coder,start,end,code; a row a span, its end not part of it.

    Positions may be characters, words or seconds. Where one coder gives a stretch two codes, u-alpha, |u, cu and (k)u
    cannot be had over all codes, and u-alpha by code takes each as a layer of its own. docs/methods.md has each
    formula.
    """
    from tbcp_qual.agreement.unitizing.gamma import SEED
    from tbcp_qual.agreement.unitizing.statistics import span_figures
    from tbcp_qual.readers.spans import read_spans

    named = [name for name in map(str.strip, (coders or "").split(",")) if name]
    sheet = read_spans(file, length=length, coders=named)
    if sheet.empty:
        lines = ", ".join(map(str, sheet.empty[:5])) + (" and more" if len(sheet.empty) > 5 else "")
        remark(f"{some(len(sheet.empty), 'empty span')} left out: line {lines}.")
    figures = span_figures(sheet.continuum, seed=SEED if seed is None else seed)
    if as_json:
        print_json(
            {
                "units": sheet.continuum.units,
                "coders": len(sheet.continuum.coders),
                "length": length,
                "statistics": {name: _as_json(figure) for name, figure in figures.items()},
            }
        )
        return
    _show(sheet.continuum, figures)


def _as_json(figure: "SpanFigure") -> dict[str, Any]:
    by_code = figure.by_code
    return {
        **_four_keys(figure.overall),
        **({"by_code": {code: _four_keys(found) for code, found in by_code.items()}} if by_code is not None else {}),
        **({"stated": dict(figure.stated)} if figure.stated else {}),
    }


def _four_keys(figure: "Figure") -> dict[str, Any]:
    from tbcp_qual.agreement.ratings import Undefined

    if isinstance(figure, Undefined):
        return {"value": None, "undefined": figure.reason, "ci95": None, "se": None}
    return {
        "value": figure.value,
        "undefined": None,
        "ci95": list(figure.ci95) if figure.ci95 else None,
        "se": figure.se,
    }


def _show(continuum: "Continuum", figures: "Mapping[str, SpanFigure]") -> None:
    from tbcp_qual.agreement.unitizing.boundary_similarity import WINDOW
    from tbcp_qual.agreement.unitizing.ku_alpha import BY_CODE as SEE_BELOW
    from tbcp_qual.agreement.unitizing.statistics import SPAN_STATISTICS

    reasons: dict[str, list[str]] = {}
    rows = []
    for name, found in figures.items():
        label = SPAN_STATISTICS[name].label
        cell = _cell(found.overall, label, reasons)
        rows.append([label, "by code" if SEE_BELOW in reasons else cell])
        reasons.pop(SEE_BELOW, None)
    _print_right(rows, ["statistic", "value"])
    if continuum.codes:
        say()
        by_code = {name: figures[name].by_code or {} for name in BY_CODE}
        drawn = {
            code: sum(span.code == code for own in continuum.spans.values() for span in own) for code in continuum.codes
        }
        _print_right(
            [
                [
                    code,
                    f"{drawn[code]:,}",
                    *(_cell(by_code[name][code], f"{code}: {heading}", reasons) for name, heading in BY_CODE.items()),
                ]
                for code in continuum.codes
            ],
            ["code", "spans", *BY_CODE.values()],
        )
    for reason, labels in reasons.items():
        more = f" and {len(labels) - 4} more" if len(labels) > 4 else ""
        say(f"{NO_FIGURE} undefined: {reason} ({', '.join(labels[:4])}{more})")
    drew = ", ".join(f"{coder} {len(own)}" for coder, own in continuum.spans.items())
    say(f"\n{some(continuum.units, 'span')} on {continuum.length:,} positions; by coder: {drew or 'none'}.")
    _state_gamma(figures["gamma"])
    say(
        "Boundary similarity, Dice and Jaccard take nothing off for chance; with more than two coders, the mean of the"
        f" pairs. A boundary counts as near if it is off by {WINDOW - 1}."
    )
    say("Disorder: 0 is perfect, and there is no upper end. No intervals: they need more than one continuum.")


def _cell(figure: "Figure", label: str, reasons: dict[str, list[str]]) -> str:
    from tbcp_qual.agreement.ratings import Undefined

    if isinstance(figure, Undefined):
        reasons.setdefault(figure.reason, []).append(label)
        return NO_FIGURE
    return f"{figure.value:z.3f}"


def _state_gamma(found: "SpanFigure") -> None:
    from tbcp_qual.agreement.unitizing.gamma import PRECISION

    stated = found.stated
    if not stated:
        return
    say(
        f"Gamma: disorder {stated['observed_disorder']:.3f} observed, {stated['expected_disorder']:.3f} expected by"
        f" {stated['samples']} chance continua (seed {stated['seed']}), within {PRECISION:.0%} at 95% confidence."
    )
    if "between" in stated:
        between = stated["between"]
        assert isinstance(between, list)
        say(
            "Not every best alignment is proven, so many units lie over one another: gamma lies between"
            f" {between[0]:.3f} and {between[1]:.3f}, but for chance."
        )


def _print_right(rows: Sequence[Sequence[str]], headings: Sequence[str]) -> None:
    """Print columns of figures to the right below their headings; the first column to the left."""
    widths = [max(len(row[i]) for row in (headings, *rows)) for i in range(len(headings))]

    def right(row: Sequence[str]) -> list[str]:
        return [row[0], *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]

    print_table([right(row) for row in rows], right(headings))
