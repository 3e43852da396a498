"""Numbers of things, as they are said to people."""


def some(number: int, one: str, many: str = "") -> str:
    """Return a number with the word for one or for many; without `many` an s makes the difference.

    >>> some(1, "coding"), some(2_000, "coding"), some(0, "family", "families")
    ('1 coding', '2,000 codings', '0 families')
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
