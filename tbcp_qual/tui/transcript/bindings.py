"""The keys of the transcript: movement and selection. Each has a name and a tooltip, and can be changed by its id."""

from textual.binding import Binding


def _key(id: str, keys: str, action: str, name: str, tooltip: str) -> Binding:
    return Binding(keys, action, name, show=False, id=f"transcript.{id}", tooltip=tooltip)


BINDINGS = (
    _key("word.left", "left", "move('word', -1)", "Word left", "Caret to the word before"),
    _key("word.right", "right", "move('word', 1)", "Word right", "Caret to the next word"),
    _key("row.up", "up", "move('row', -1)", "Row up", "Caret up a row"),
    _key("row.down", "down", "move('row', 1)", "Row down", "Caret down a row"),
    _key("row.start", "home", "move('edge', -1)", "Start of row", "Caret to the start of the row"),
    _key("row.end", "end", "move('edge', 1)", "End of row", "Caret to the end of the row"),
    _key(
        "turn.previous",
        "left_curly_bracket,ctrl+up",
        "move('turn', -1)",
        "Previous turn",
        "Caret to the start of the turn before",
    ),
    _key("turn.next", "right_curly_bracket,ctrl+down", "move('turn', 1)", "Next turn", "Caret to the next turn"),
    _key("page.up", "pageup", "page(-1)", "Page up", "A page back"),
    _key("page.down", "pagedown", "page(1)", "Page down", "A page on"),
    _key("document.start", "ctrl+home", "move('document', -1)", "Start of document", "Caret to the first turn"),
    _key("document.end", "ctrl+end", "move('document', 1)", "End of document", "Caret to the end of the last turn"),
    _key(
        "extend.word.left",
        "shift+left",
        "move('word', -1, True)",
        "Extend left",
        "Extend the selection to the word before",
    ),
    _key("extend.word.right", "shift+right", "move('word', 1, True)", "Extend right", "Extend the selection by a word"),
    _key(
        "extend.letter.left",
        "ctrl+shift+left",
        "move('letter', -1, True)",
        "Extend left by a letter",
        "Extend by a letter, not by whole words",
    ),
    _key(
        "extend.letter.right",
        "ctrl+shift+right",
        "move('letter', 1, True)",
        "Extend right by a letter",
        "Extend by a letter, not by whole words",
    ),
    _key("extend.row.up", "shift+up", "move('row', -1, True)", "Extend up", "Extend the selection up a row"),
    _key("extend.row.down", "shift+down", "move('row', 1, True)", "Extend down", "Extend the selection down a row"),
    _key(
        "extend.row.start",
        "shift+home",
        "move('edge', -1, True)",
        "Extend to start of row",
        "Extend to the start of the row",
    ),
    _key(
        "extend.row.end", "shift+end", "move('edge', 1, True)", "Extend to end of row", "Extend to the end of the row"
    ),
    _key("extend.page.up", "shift+pageup", "page(-1, True)", "Extend a page up", "Extend the selection a page back"),
    _key("extend.page.down", "shift+pagedown", "page(1, True)", "Extend a page down", "Extend the selection a page on"),
    _key(
        "extend.turn.previous",
        "ctrl+shift+up",
        "move('turn', -1, True)",
        "Extend by turn, back",
        "Extend to the start of the turn",
    ),
    _key(
        "extend.turn.next",
        "ctrl+shift+down",
        "move('turn', 1, True)",
        "Extend by turn",
        "Extend to the end of the turn",
    ),
    _key(
        "select.sentence",
        "s",
        "select_sentence",
        "Select sentence",
        "Select the sentence at the caret; again: the turn; again: the answer",
    ),
    _key(
        "select.sentence.less",
        "left_parenthesis",
        "grow('sentence', -1)",
        "A sentence less",
        "Shrink the selection by a sentence",
    ),
    _key(
        "select.sentence.more",
        "right_parenthesis",
        "grow('sentence', 1)",
        "A sentence more",
        "Grow the selection by a sentence",
    ),
    _key(
        "select.word.less", "left_square_bracket", "grow('word', -1)", "A word less", "Shrink the selection by a word"
    ),
    _key("select.word.more", "right_square_bracket", "grow('word', 1)", "A word more", "Grow the selection by a word"),
)
"""In the order of the key table."""
