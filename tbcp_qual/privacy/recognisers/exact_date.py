"""Exact dates: a day and a month, with or without a year; month and year are offered instead."""

from collections.abc import Iterable

from tbcp_qual.privacy.dates import MONTHS, days
from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known


def _find(text: str, known: Known) -> Iterable[Found]:
    for day in days(text):
        year = f" {day.year}" if day.year else ""
        yield Found(day.start, day.end, day.score, f"[{MONTHS[day.month - 1]}{year}]")


RECOGNISER = Recogniser(kind="exact date", name="exact dates", structured=True, find=_find)
