"""How our Word files put things: numbers with their noun, lists, names of questions, initials of coders."""

import datetime
from collections.abc import Iterable, Sequence

from tbcp_qual.analysis.matrix import Cell, Section
from tbcp_qual.analysis.passages import shortened


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 passage`, `3 passages`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str], most: int = 12) -> str:
    """Return words with commas, and how many more there are."""
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most:,} more"
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def question_title(section: Section) -> str:
    """Return what a question is called in headings."""
    name = section.short or shortened(section.text, 60)
    return f"Question {section.key}: {name}" if section.key else name


def cell_count(cell: Cell) -> str:
    """Return `3 passages · 2 documents`, or why there are none."""
    if not cell.passages:
        return "–" if cell.state in ("no coding", "not yet confirmed") else cell.state
    return f"{counted(len(cell.passages), 'passage')} · {counted(cell.documents, 'document')}"


def initials(names: Iterable[str]) -> dict[str, str]:
    """Return the initials of coders; those who would share them keep their name."""
    short = {name: "".join(part[0] for part in name.split()).upper() if " " in name.strip() else name for name in names}
    return {name: letters if list(short.values()).count(letters) == 1 else name for name, letters in short.items()}


def day(date: datetime.date) -> str:
    """Return a date as `3 March 2025`."""
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    return f"{date.day} {months[date.month - 1]} {date.year}"
