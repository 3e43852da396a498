"""What is said of a round before it is opened: its fields, what each says now, and what is handed to the task."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tbcp_qual.agreement.statistics import STATISTICS
from tbcp_qual.agreement.units import Unit
from tbcp_qual.coding.records import Purpose
from tbcp_qual.coding.values import day
from tbcp_qual.tasks.rounds import STATISTIC, UNIT, Given, Share
from tbcp_qual.tasks.sampling import LARGEST_SEED
from tbcp_qual.tui.widgets.lines import Line

UNITS: tuple[Unit, ...] = ("character", "word", "sentence", "turn", "answer", "paragraph", "document", "case")
"""Units that a text has before anybody codes it."""

PURPOSES: Mapping[Purpose, str] = {
    "reliability": "how far coders agree who worked alone",
    "training": "trainees held against a gold coder, code by code",
    "stability": "one coder, the same documents a second time",
}

OPEN = "open"
"""Key of the line that opens the round."""

MEASURING = ("purpose", "gold", "threshold", "unit", "statistic", "interviewer")
"""Fields that a reflexive project does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What has been said so far."""

    name: str
    purpose: Purpose = "reliability"
    coders: tuple[str, ...] = ()
    """Names."""
    new: str = ""
    """Names of coders the project does not know yet, with commas between."""
    gold: str = ""
    """Name."""
    threshold: str = ".8"
    documents: tuple[str, ...] = ()
    """Ids; empty where they are drawn."""
    share: str = "20%"
    by_source_type: bool = True
    seed: int = 1
    codes: tuple[str, ...] = ()
    """Paths; empty for all."""
    blind: bool = True
    unit: Unit = UNIT
    statistic: str = STATISTIC
    interviewer: bool = False
    due: str = ""


def new_seed() -> int:
    """Return a seed that nobody chose."""
    return random.SystemRandom().randint(1, LARGEST_SEED)


def as_share(typed: str) -> Fraction | None:
    """Return a share as it was typed; None where it is none.

    >>> as_share("20 %"), as_share(".5"), as_share("120%")
    (Fraction(1, 5), Fraction(1, 2), None)
    """
    number = typed.strip()
    try:
        found = Fraction(number.removesuffix("%").strip()) / (100 if number.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        return None
    return found if 0 < found <= 1 else None


def problem_of(field: str, typed: str) -> str:
    """Say what is wrong with what is typed; empty where nothing is."""
    match field:
        case "share":
            return "" if as_share(typed) else "Write it as 20%, or as .2"
        case "seed":
            fits = typed.strip().isdecimal() and int(typed) <= LARGEST_SEED
            return "" if fits else "A whole number of six digits at most."
        case "threshold":
            return "" if as_share(typed) else "Above 0 and 1 at most: .8"
        case "due":
            there = not typed.strip() or (day(typed) and len(day(typed) or "") > len("2024-03"))
            return "" if there else "Write it as 2027-03-31."
        case "name":
            return "" if typed.strip() else "A round needs a name, such as 1 or pilot."
    return ""


def given(form: Form, *, reflexive: bool) -> Given:
    """Return what the task takes."""
    training = form.purpose == "training"
    share = as_share(form.share) if not form.documents else None
    said = Given(
        coders=[*form.coders, *(name.strip() for name in form.new.split(",") if name.strip())],
        documents=form.documents,
        share=Share(share=share, by_source_type=form.by_source_type, seed=form.seed) if share else None,
        codes=form.codes,
        blind=form.blind,
        due=form.due,
    )
    if not reflexive:
        said["purpose"] = form.purpose
        said["unit"] = form.unit
        said["statistic"] = form.statistic
        said["interviewer"] = form.interviewer
        said["gold"] = form.gold or None if training else None
        threshold = as_share(form.threshold)
        said["threshold"] = float(threshold) if training and threshold else None
    return said


def form_lines(form: Form, names: Mapping[str, str], *, reflexive: bool, documents: int) -> list[Line]:
    """Return the fields, one a line.

    Args:
        form: what has been said so far.
        names: of documents, by id.
        reflexive: whether nothing is measured.
        documents: how many the project has.
    """
    chosen = ", ".join(names[document] for document in form.documents if document in names)
    said = {
        "name": form.name,
        "purpose": f"{form.purpose}: {PURPOSES[form.purpose]}",
        "coders": ", ".join(form.coders) or "nobody yet",
        "new": form.new or "–",
        "gold": form.gold or "nobody yet",
        "threshold": form.threshold,
        "documents": f"{len(form.documents)}: {chosen}" if form.documents else f"drawn from all {documents}",
        "share": form.share,
        "by_source_type": "in proportion to source types" if form.by_source_type else "from all alike",
        "seed": str(form.seed),
        "codes": ", ".join(path.rpartition(" > ")[2] for path in form.codes) or "all",
        "blind": "blind: nobody sees others' codings until it is locked" if form.blind else "open",
        "unit": form.unit,
        "statistic": STATISTICS[form.statistic].label,
        "interviewer": "taken in" if form.interviewer else "left out",
        "due": form.due or "no day",
    }
    titles = {
        "new": "somebody new",
        "gold": "held against",
        "threshold": "to reach",
        "by_source_type": "how",
        "blind": "blind or open",
        "interviewer": "interviewer turns",
    }
    left_out = set(MEASURING) if reflexive else set()
    left_out |= set() if form.purpose == "training" else {"gold", "threshold"}
    left_out |= {"share", "by_source_type", "seed"} if form.documents else set()
    lines = [
        Line(key=field, text=f"{titles.get(field, field):<19}{value}", quiet=value in ("–", "no day"))
        for field, value in said.items()
        if field not in left_out
    ]
    return [*lines, Line(key=OPEN, text="open this round", sign="▸")]
