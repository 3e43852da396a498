"""Wrapping words to a number of cells: wide signs count two, what is too long for a row is cut into several."""

from rich.cells import cell_len, chop_cells

from tbcp_qual.tui.widgets.lines import literal


def wrapped(text: str, width: int) -> list[str]:
    """Return the rows of a text; its line ends are kept, white space is folded, nothing in it is obeyed.

    >>> wrapped("one two\\nthree", 7), wrapped("abcdefgh", 5)
    (['one two', 'three'], ['abcde', 'fgh'])
    """
    width = max(width, 2)
    rows: list[str] = []
    for line in text.split("\n"):
        row, used = "", 0
        for word in literal(line).split():
            cells = cell_len(word)
            if used and used + 1 + cells <= width:
                row, used = f"{row} {word}", used + 1 + cells
                continue
            if used:
                rows.append(row)
            if cells > width:
                *whole, word = chop_cells(word, width)
                rows.extend(whole)
                cells = cell_len(word)
            row, used = word, cells
        rows.append(row)
    return rows
