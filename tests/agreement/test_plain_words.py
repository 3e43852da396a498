"""A figure in plain words: what chance has to do with it, whose stretches they are, and why two figures differ."""

from tbcp_qual.agreement.bootstrap import Interval
from tbcp_qual.agreement.plainly import explained
from tbcp_qual.agreement.ratings import Coefficient, Figure, Undefined
from tbcp_qual.agreement.statistics import STATISTICS
from tbcp_qual.agreement.tables import Cells, Comparison, Line, Report


def line(cells: Cells | None, figures: dict[str, float], **values: object) -> Line:
    """A line of 155 turns, the figures that are not given undefined."""
    made: dict[str, Figure] = {
        name: Coefficient(value=figures[name], n=155) if name in figures else Undefined("not computed here")
        for name in STATISTICS
    }
    usual: dict[str, object] = {"prevalence": 0.06, "positive": 0.3, "negative": 0.95, "never": (), "intervals": {}}
    return Line(code="c", path="Feasibility", n=155, cells=cells, figures=made, **(usual | values))  # type: ignore[arg-type]


def of(coders: tuple[str, ...], row: Line) -> tuple[Report, Comparison]:
    comparison = Comparison(
        coders=coders, documents=("P01",), left_out=(), rule="", lines=(row,), pooled=None, pooled_codes=1, unused=0,
        retired=0, no_intervals=None, parts=(), no_case=(), warnings=(),
    )  # fmt: skip
    report = Report(
        unit="turn", share=None, interviewer=False, branch=False, codebook="", sentence_splitter=1, seed=1,
        resamples=1000, pairs=(comparison,), together=None, apart=(), fixed=None,
    )  # fmt: skip
    return report, comparison


def said(row: Line, statistic: str = "krippendorff_alpha", coders: tuple[str, ...] = ("AK", "RM")) -> list[str]:
    return explained(*of(coders, row), row, statistic)


def test_a_rare_code_says_what_chance_alone_would_give() -> None:
    """1 - (1 - .91) / (1 - .18) = .890."""
    row = line(
        Cells(both=3, first_only=9, second_only=5, neither=138),
        {"percent_agreement": 0.91, "krippendorff_alpha": 0.18, "gwet_ac1": 0.90, "cohen_kappa": 0.19},
    )
    first, *rest = said(row)
    assert first == (
        "AK and RM agree on 91% of 155 turns, but 89% would agree by chance alone because the code is rare"
        " (6% of their decisions): hence Krippendorff's alpha .18."
    )
    assert rest[:2] == [
        "Where one of them used it, the other did too 30% of the time.",
        "Of 14 turns on which they differ 9 have it from AK alone.",
    ]
    assert rest[2].startswith("AC1 is .90, alpha .18")
    assert "Neither is wrong" in rest[2]
    assert len(rest) == 3
    assert "because the code is rare" not in said(row, "gwet_ac1")[0]


def test_coders_of_unlike_habits_and_codes_that_one_never_used_are_named() -> None:
    figures = {"percent_agreement": 0.9, "krippendorff_alpha": 0.40, "gwet_ac1": 0.45, "cohen_kappa": 0.44}
    row = line(Cells(both=5, first_only=15, second_only=0, neither=135), figures)
    assert said(row)[-1] == (
        "AK used it 20 times, RM 5 times. Kappa takes each coder's own habit for chance, alpha the habit of both"
        " together: hence .44 and .40."
    )
    row = line(Cells(both=0, first_only=6, second_only=0, neither=149), figures, never=("RM",), positive=0.0)
    assert said(row)[1:3] == [
        "RM never used the code, though others did.",
        "6 turns have it from one alone, none from both.",
    ]


def test_what_has_no_figure_says_why_and_an_interval_how_far_it_carries() -> None:
    cells = Cells(both=0, first_only=0, second_only=0, neither=155)
    assert said(line(cells, {}, positive=None))[0] == "Krippendorff's alpha is undefined: not computed here."
    interval = {"krippendorff_alpha": Interval(low=-0.1, high=0.5, documents=12, undefined=0)}
    row = line(None, {"percent_agreement": 0.9, "krippendorff_alpha": 0.3}, intervals=interval)
    assert said(row, coders=("AK", "RM", "TS")) == [
        "Any two of them agree, on average, on 90% of 155 turns; Krippendorff's alpha .30.",
        "Where one of them used it, another did too 30% of the time.",
        "With other documents it may well have come out anywhere from -.10 to .50 (95%, 12 documents drawn again;"
        " below 30 it is unstable).",
    ]
