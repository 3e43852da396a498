"""Commands on samples of cases: list, show, check; and `cases sample`, which draws or keeps one."""

from typing import TYPE_CHECKING, Any, Literal

import click

from tbcp_qual.cli.running import LazyGroup, Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table, remark, say
from tbcp_qual.coding.balance import FEW, Compared, Spread, as_date
from tbcp_qual.coding.counting import some
from tbcp_qual.errors import UsageError

if TYPE_CHECKING:
    from tbcp_qual.coding.sampling import Stratum
    from tbcp_qual.tasks.sampling import SampleDetails

MOST = 10
"""Up to so many strata that are too small are said one by one."""

NOTES = (
    f"* a count from 1 to {FEW}: it may point to a family.",
    "The cohort is all cases, those in the sample and those excluded too. Shares are of known values.",
    "Differences are in standard deviations: of means and of shares of “yes” after Austin (2009), of distributions",
    "over several values after Yang and Dalton (2012); missing values take no part.",
)


@click.group(
    cls=LazyGroup,
    lazy={
        "list": ("tbcp_qual.cli.sample:list_", "The samples that were drawn."),
        "show": ("tbcp_qual.cli.sample:show", "How a sample was drawn, and which cases are in it."),
        "check": ("tbcp_qual.cli.sample:check", "A sample beside the cohort."),
    },
)
def sample() -> None:
    """Samples of cases for closer reading; `cases sample` draws one."""


@click.command("sample")
@click.option("--size", type=int, metavar="N", help="How many cases to draw.")
@click.option("--by", metavar="ATTRIBUTES", help="Attributes that make the strata, divided by commas.")
@click.option(
    "--allocation",
    type=click.Choice(["proportional", "equal"]),
    help="How the sample is divided among the strata; else in proportion.",
)
@click.option("--seed", type=int, metavar="N", help="The same number draws the same cases; else one is taken and said.")
@click.option("--exclude", multiple=True, metavar="CASE=REASON", help="A case that cannot be drawn, and why; repeat.")
@click.option("--cases", metavar="A,B", help="Draw nothing: these were chosen on purpose; with --why.")
@click.option("--why", metavar="WORDS", help="By what they were chosen.")
@click.option("--name", metavar="NAME", help="What the sample is called; else by a number.")
@json_option
@options
def draw(
    session: Session,
    size: int | None,
    by: str | None,
    allocation: Literal["proportional", "equal"] | None,
    seed: int | None,
    exclude: tuple[str, ...],
    cases: str | None,
    why: str | None,
    name: str | None,
    as_json: bool,
) -> None:
    """Draw a sample of cases, at random or in strata, and keep how it was drawn; or keep one chosen on purpose."""
    from tbcp_qual.tasks.sampling import choose_sample, draw_sample

    if cases is not None or why is not None:
        if size is not None or by or allocation or seed is not None or exclude:
            raise UsageError("Cases are drawn, or chosen; not both.", "--cases F02,F07 --why WORDS, and nothing else")
        labels = [part for part in (cases or "").split(",") if part.strip()]
        if not labels:
            raise UsageError("Which cases were chosen?", "--cases F02,F07")
        with session.writing() as (project, coder):
            _print(choose_sample(project, labels, why=why or "", coder=coder, name=name), as_json)
        return
    with session.writing() as (project, coder):
        if size is None:
            raise UsageError("How many cases are to be drawn?", "--size 16")
        details = draw_sample(
            project,
            size=size,
            coder=coder,
            by=[part for part in (by or "").split(",") if part.strip()],
            allocation=allocation,
            seed=seed,
            excluded=dict(_reason(given) for given in exclude),
            name=name,
        )
    _print(details, as_json)
    small = [s for s in details.drawn.strata if s.short or not s.chosen] if details.drawn else []
    for stratum in small[:MOST]:
        there = some(stratum.population, "case")
        said = f"only {there}, fewer than its share" if stratum.short else f"none of {there} is in the sample"
        remark(f"{_key(stratum)}: {said}.")
    if len(small) > MOST:
        remark(f"… and {len(small) - MOST} more strata that are too small for their share.")


def _reason(given: str) -> tuple[str, str]:
    case, sign, reason = given.partition("=")
    if not sign or not case.strip():
        raise UsageError(f"“{given[:40]}” is not CASE=REASON.", 'Such as --exclude "F07=closed before the pilot"')
    return case.strip(), reason


def _key(stratum: "Stratum") -> str:
    return ", ".join(stratum.key) or "all cases"


@click.command("list")
@json_option
@options
def list_(session: Session, as_json: bool) -> None:
    """List the samples that were drawn, and how."""
    from tbcp_qual.tasks.sampling import list_samples

    with session.reading() as (project, _):
        found = list_samples(project)
    if as_json:
        print_json([_as_json(details) for details in found])
        return
    print_table(
        [[d.sample.name, len(d.chosen), d.sample.at[:10], d.coder, d.statement()] for d in found],
        ["Sample", "Cases", "Drawn", "By", "How"],
        nothing="No sample has been drawn: tbcp-qual cases sample --size 16",
    )


@click.command()
@click.argument("name", required=False)
@json_option
@options
def show(session: Session, name: str | None, as_json: bool) -> None:
    """Show how a sample was drawn, its strata, its cases and those excluded; without a NAME the one drawn last."""
    from tbcp_qual.tasks.sampling import find_sample

    with session.reading() as (project, _):
        details = find_sample(project, name)
    _print(details, as_json)


def _print(details: "SampleDetails", as_json: bool) -> None:
    if as_json:
        print_json(_as_json(details))
        return
    say(f"{details.sample.name}: {details.statement()}")
    if details.drawn is None and details.sample.method != "purposive":
        say("Drawn again from the record it gives other cases: what is known of the cases has changed since.")
    elif details.drawn is not None and details.sample.by:
        say()
        print_table(
            [
                [*stratum.key, stratum.population, f"{stratum.share:.2f}", len(stratum.chosen)]
                for stratum in details.drawn.strata
            ],
            [*details.sample.by, "Cases", "Share", "Drawn"],
        )
    say()
    say(f"Cases: {', '.join(details.chosen)}")
    for label, reason in details.excluded:
        say(f"Excluded: {label}, {reason}")


def _as_json(details: "SampleDetails") -> dict[str, Any]:
    made = details.sample
    return {
        "sample": made.name,
        "statement": details.statement(),
        "method": made.method,
        "allocation": made.allocation,
        "by": list(made.by),
        "size": made.size,
        "seed": made.seed,
        "population": len(made.population),
        "why": made.why,
        "cases": list(details.chosen),
        "excluded": [{"case": label, "reason": reason} for label, reason in details.excluded],
        "strata": None
        if details.drawn is None
        else [
            {"key": list(s.key), "population": s.population, "share": s.share, "drawn": len(s.chosen), "short": s.short}
            for s in details.drawn.strata
        ],
        "drawn_by": details.coder,
        "at": made.at,
        "id": made.id,
    }


@click.command()
@click.argument("name", required=False)
@json_option
@options
def check(session: Session, name: str | None, as_json: bool) -> None:
    """Set a sample beside the cohort, attribute by attribute; without a NAME the one drawn last."""
    from tbcp_qual.tasks.sampling import check_sample

    with session.reading() as (project, _):
        found = check_sample(project, name)
    if as_json:
        print_json(
            {
                "sample": found.details.sample.name,
                "statement": found.details.statement(),
                "size": len(found.details.chosen),
                "cohort": found.cohort,
                "excluded": [{"case": label, "reason": reason} for label, reason in found.details.excluded],
                "attributes": [_compared_json(one) for one in found.attributes],
                "measures": [_compared_json(one) for one in found.measures],
            }
        )
        return
    say(f"{found.details.sample.name}: {found.details.statement()}")
    for label, reason in found.details.excluded:
        say(f"Excluded: {label}, {reason}")
    say()
    rows = [row for one in (*found.attributes, *found.measures) for row in _rows(one)]
    print_table(rows, ["", "", f"Sample ({len(found.details.chosen)})", f"Cohort ({found.cohort})", "Difference"])
    say()
    for note in NOTES:
        say(note)


def _compared_json(one: Compared) -> dict[str, Any]:
    def spread(found: Spread) -> dict[str, Any]:
        made: dict[str, Any] = {"n": found.n, "missing": found.missing, "few_missing": _few(found.missing)}
        if one.typed.scale == "number":
            made |= {"mean": found.mean, "sd": found.sd, "least": found.least, "most": found.most}
        if one.typed.scale == "date":
            dates = {"mean": found.mean, "least": found.least, "most": found.most}
            made |= {key: None if value is None else as_date(value) for key, value in dates.items()}
            made["sd_days"] = found.sd
        return made

    return {
        "name": one.name,
        "type": one.typed.scale,
        "sample": spread(one.sample),
        "cohort": spread(one.cohort),
        "levels": [
            {
                "value": level.value,
                "sample": level.sample,
                "cohort": level.cohort,
                "few_sample": _few(level.sample),
                "few_cohort": _few(level.cohort),
            }
            for level in one.levels
        ],
        "difference": one.difference.value,
        "undefined": one.difference.reason,
    }


def _few(count: int) -> bool:
    return 1 <= count <= FEW


def _count(count: int) -> str:
    return f"{count}*" if _few(count) else str(count)


def _rows(one: Compared) -> list[list[str]]:
    """Return the lines of one attribute; the difference stands on the first."""
    difference = one.difference
    said = f"undefined: {difference.reason}" if difference.value is None else f"{difference.value:z.2f}"
    if one.typed.scale in ("number", "date"):
        date = one.typed.scale == "date"
        rows = [["mean (sd)", _mean(one.sample, date), _mean(one.cohort, date)]]
    else:
        rows = [
            [level.value, _share(level.sample, one.sample.n), _share(level.cohort, one.cohort.n)]
            for level in one.levels
        ]
    if one.sample.missing or one.cohort.missing or not rows:
        rows.append(["(missing)", _count(one.sample.missing), _count(one.cohort.missing)])
    return [[one.name if i == 0 else "", *row, said if i == 0 else ""] for i, row in enumerate(rows)]


def _share(count: int, n: int) -> str:
    return f"{_count(count)} ({100 * count / n:.0f}%)" if n else _count(count)


def _mean(found: Spread, date: bool) -> str:
    if found.mean is None:
        return "none known"
    mean = as_date(found.mean) if date else f"{found.mean:.2f}"
    sd = "–" if found.sd is None else f"{found.sd:.0f} days" if date else f"{found.sd:.2f}"
    return f"{mean} ({sd}), n = {_count(found.n)}"
