"""A passage that coders coded differently, as rows: its words once, a lane for each coder beside them, what it is about.

Under a row of words stand the ends of what each coder coded, where they differ; colour is never the only sign. Pure.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from tbcp_qual.coding.records import Turn
from tbcp_qual.coding.spans import Span
from tbcp_qual.tasks.differing import Definition, Lane, Line, Shown
from tbcp_qual.tui.transcript.rows import RowMap
from tbcp_qual.tui.widgets.lines import fitted, literal
from tbcp_qual.tui.widgets.painted import Look, Painted, Piece
from tbcp_qual.tui.widgets.wrapping import wrapped

MEASURE = 74
"""Cells of the words at most."""
MARGIN = 3
"""Cells before the words; the number of a coder stands in them."""
GAP = 2
NARROWEST, WIDEST = 8, 26
"""Cells of a coder's lane."""
ROOM = 42
"""Cells that the words keep, where lanes could be wider."""
LIKE_THIS = 6
"""Passages like this one that are named."""
MARK, STRIPE = "━", "▎"
PARTS = {"full": "", "use_when": "When: ", "not_when": "Not when: ", "example": "Example: "}


class Person(NamedTuple):
    """A coder of the document."""

    number: int
    """By which a key takes what they coded."""
    name: str
    """Empty where names are hidden."""

    def __str__(self) -> str:
        return f"{self.number} {self.name}".strip()


class Beside(NamedTuple):
    """How the width is shared out."""

    text: int
    lane: int
    """Of each coder."""


def shared_out(width: int, people: int) -> Beside:
    """Share out the width between words and lanes."""
    rest = width - MARGIN - GAP * (people + 1)
    lane = max(min((rest - ROOM) // max(people, 1), WIDEST), NARROWEST)
    return Beside(max(min(rest - lane * people, MEASURE), 10), lane)


def rows_of_passage(
    shown: Shown, people: Sequence[Person], width: int, colour: Callable[[str], str], *, spaced: bool = False
) -> list[Painted]:
    """Return all rows of a passage.

    Args:
        shown: the passage.
        people: who coded its document.
        width: cells there are.
        colour: gives a code's colour by its id.
        spaced: whether the words stand two rows apart, for two people before one screen.
    """
    lanes = [lane for lane in shown.lanes if lane.at_issue]
    named = {lane.code: colour(lane.code_id) for lane in shown.lanes}
    measure = min(width - MARGIN - 1, MEASURE + 20)
    rows: list[Painted] = [*_words(shown, lanes, people, width, colour, spaced), ()]
    for n, difference in enumerate(shown.differences):
        rows += _wrapped(difference, measure, "strong" if n == 0 else "text")
    if shown.line.decision is not None:
        rows += _wrapped(f"→ {decided(shown.line)}", measure, "note")
    known = {definition.path: definition for definition in shown.definitions}
    for path in dict.fromkeys((*known, *(lane.code for lane in lanes))):
        rows.append(())
        rows += _code(path, known.get(path), [lane for lane in lanes if lane.code == path], people, measure, named)
    beside = [lane for lane in shown.lanes if not lane.at_issue]
    if beside:
        said = "; ".join(f"{lane.code.rpartition(' > ')[2]} ({_why_beside(lane)})" for lane in beside)
        rows += [(), *_wrapped(f"On the same words and not at issue: {said}", measure, "quiet")]
    if shown.like_this:
        more = len(shown.like_this)
        rows += [(), *_wrapped(f"{more} more like this, not settled", measure, "text")]
        rows += [
            (Piece(fitted(f"     {literal(line.label)}", measure), "quiet"),) for line in shown.like_this[:LIKE_THIS]
        ]
        if more > LIKE_THIS:
            rows.append((Piece(f"     … and {more - LIKE_THIS} more", "quiet"),))
    return rows


def decided(line: Line) -> str:
    """Say what was decided on a passage, why, and by whom; empty where nobody has."""
    told = line.decision
    if told is None:
        return ""
    what = {
        "coders": f"{told.what} codings stand",
        "all": "all stand",
        "neither": "nothing stands",
        "own": f"{told.what} stands",
    }
    words = f": {told.words}" if told.words else ""
    why = f" ({told.reason}{words})" if told.reason else words
    who = f", decided by {' and '.join(told.by)}" if told.by else ""
    return f"{what.get(told.outcome, told.what)}{why}{who}"


def _why_beside(lane: Lane) -> str:
    who = ", ".join(lane.coders)
    return f"{who}: all share it" if len(lane.coders) > 1 else f"{who}, another passage"


def _wrapped(text: str, width: int, look: Look, indent: int = MARGIN) -> list[Painted]:
    return [(Piece(" " * indent + row, look),) for row in wrapped(text, max(width, 10))]


# -- the words


def laid_out(text: str, width: int) -> RowMap:
    """Wrap words to so many cells."""
    return RowMap(text, [Turn(id="", start=0, end=len(text))], width)


def words_of(rows: RowMap, row: int, issue: Span, look: Look = "issue") -> tuple[list[Piece], int]:
    """Return one row of words, those at issue told apart, and the cells it takes."""
    offsets, columns, shown = rows.cells(row)
    pieces: list[Piece] = []
    for start, sign in zip(offsets, shown, strict=True):
        of: Look = look if issue.start <= start < issue.end else "text"
        if pieces and pieces[-1].look == of:
            pieces[-1] = Piece(pieces[-1].text + sign, of)
        else:
            pieces.append(Piece(sign, of))
    return pieces, columns[-1]


def _words(
    shown: Shown,
    lanes: Sequence[Lane],
    people: Sequence[Person],
    width: int,
    colour: Callable[[str], str],
    spaced: bool,
) -> list[Painted]:
    beside = shared_out(width, len(people))
    rows = laid_out(shown.text, beside.text)
    columns = [
        _Column(rows, [lane for lane in lanes if person.number in lane.numbers], beside.lane, colour)
        for person in people
    ]
    ends = len({(lane.start, lane.end) for lane in lanes}) > 1
    head = [Piece(" " * (MARGIN + beside.text))]
    head += [Piece(" " * GAP + fitted(literal(str(person)), beside.lane), "strong") for person in people]
    painted: list[Painted] = [tuple(head)]
    for row in range(rows.height):
        pieces, used = words_of(rows, row, shown.passage)
        filled = Piece(" " * (beside.text - used))
        painted.append((Piece(" " * MARGIN), *pieces, filled, *(p for column in columns for p in column.beside(row))))
        marked = list(_marks(rows, row, lanes, colour)) if ends else []
        for n, marks in enumerate(marked or ([()] if spaced else [])):
            taken = MARGIN + beside.text - sum(cell_len(piece.text) for piece in marks)
            stripes = (p for column in columns for p in column.below(row, last=n == len(marked) - 1))
            painted.append((*marks, Piece(" " * taken), *stripes))
    return painted


def _marks(rows: RowMap, row: int, lanes: Iterable[Lane], colour: Callable[[str], str]) -> Iterable[Painted]:
    """Give a row of marks for each stretch that begins or ends within a row of words."""
    here = rows.row(row)
    end = here.start + len(rows.text[here.start : here.end].rstrip())
    for of in {(lane.numbers, lane.start, lane.end): lane for lane in lanes}.values():
        first, last = max(of.start, here.start), min(of.end, end)
        if first >= last or (first == here.start and last == end):
            continue
        start, stop = (
            rows.column(row, first),
            rows.column(row, last) if last < here.end else rows.cells(row).columns[-1],
        )
        number = Piece(f"{of.numbers[0]:>{MARGIN - 1}} ", "quiet")
        yield number, Piece(" " * start), Piece(MARK * max(stop - start, 1), "text", colour(of.code_id))


class _Column:
    """What one coder coded, beside the rows of words: a stripe for each stretch, and the name of its code."""

    def __init__(self, rows: RowMap, lanes: Sequence[Lane], width: int, colour: Callable[[str], str]) -> None:
        self._width = width
        self._colour = colour
        self._stretches: list[tuple[int, int, Lane]] = []
        for lane in lanes:
            first, last, *_ = rows.rows_of(max(lane.start, 0), min(lane.end, len(rows.text)))
            self._stretches.append((first, last, lane))
        together = [sum(f <= row <= t for f, t, _ in self._stretches) for row in range(rows.height)]
        self._stripes = min(max(together, default=1), width // 2) or 1
        self._labels = self._named()

    def _named(self) -> dict[int, tuple[str, Lane]]:
        """Return what is said beside which row; codes on the very same words are named together."""
        room = self._width - self._stripes
        together: dict[tuple[int, int], list[tuple[int, int, Lane]]] = {}
        for stretch in self._stretches:
            together.setdefault((stretch[2].start, stretch[2].end), []).append(stretch)
        labels: dict[int, tuple[str, Lane]] = {}
        for same in together.values():
            first, last, lane = same[0]
            free = [row for row in range(first, last + 1) if row not in labels]
            words = literal(" + ".join(each.code.rpartition(" > ")[2] for _, _, each in same)).split()
            said = wrapped(" ".join(fitted(word, min(cell_len(word), room)) for word in words), room)
            if len(said) > len(free):
                said = [*said[: max(len(free) - 1, 0)], " ".join(said[max(len(free) - 1, 0) :])]
            labels |= {row: (part, lane) for row, part in zip(free, said, strict=False)}
        return labels

    def _at(self, row: int) -> list[Lane]:
        return [lane for first, last, lane in self._stretches if first <= row <= last][: self._stripes]

    def beside(self, row: int) -> list[Piece]:
        """Return what stands beside a row."""
        here = self._at(row)
        pieces = [Piece(" " * GAP), *(Piece(STRIPE, "text", self._colour(lane.code_id)) for lane in here)]
        pieces.append(Piece(" " * (self._stripes - len(here))))
        words, lane = self._labels.get(row, ("", None))
        tint = self._colour(lane.code_id) if lane is not None else ""
        return [*pieces, Piece(fitted(words, self._width - self._stripes), "text", tint)]

    def below(self, row: int, *, last: bool) -> list[Piece]:
        """Return what stands beside the marks under a row: the stripes that go on."""
        here = [lane for f, t, lane in self._stretches if f <= row and (row < t or (row == t and not last))]
        here = here[: self._stripes]
        stripes = [Piece(STRIPE, "text", self._colour(lane.code_id)) for lane in here]
        return [Piece(" " * GAP), *stripes, Piece(" " * (self._width - len(here)))]


# -- the codes


def _code(
    path: str,
    definition: Definition | None,
    lanes: Sequence[Lane],
    people: Sequence[Person],
    width: int,
    colours: dict[str, str],
) -> Iterable[Painted]:
    """Give what a code means, who has it here, and their memos."""
    numbers = sorted({number for lane in lanes for number in lane.numbers})
    who = " · ".join(str(person) for person in people if person.number in numbers)
    changed = " (defined otherwise at the lock)" if definition is not None and definition.changed else ""
    name = fitted(f"{literal(path.replace(' > ', ' › '))}{changed}", max(width - cell_len(who) - 4, 10))
    sign = Piece(f"{' ' * MARGIN}{STRIPE}", "text", colours.get(path, ""))
    yield sign, Piece(f" {name}", "strong"), Piece(f"  {literal(who)}", "text")
    for lane in lanes:
        person = next((one for one in people if one.number in lane.numbers), None)
        for memo in lane.memos:
            yield from _wrapped(f"memo of {person}: {memo}", width - 2, "issue", MARGIN + 2)
    if definition is None:
        return
    if definition.brief:
        yield from _wrapped(f"“{definition.brief}”", width - 2, "issue", MARGIN + 2)
    for name, label in PARTS.items():
        said = " ".join(str(getattr(definition, name)).split())
        if said:
            yield from _wrapped(f"{label}{said}", width - 2, "quiet", MARGIN + 2)
