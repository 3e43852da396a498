"""Fields to write in that show nothing a terminal would obey, whatever is pasted into them."""

import unicodedata
from dataclasses import replace

from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.widgets import Input, TextArea


class Field(Input):
    """A field for one line."""

    def validate_value(self, value: str) -> str:
        """Put a space for what a terminal would obey."""
        return _plain(value).replace("\n", " ").replace("\t", " ")


class Writing(TextArea):
    """Several lines of prose, wrapped; tab leaves it."""

    def __init__(self, text: str = "", *, id: str | None = None) -> None:
        super().__init__(_plain(text), id=id, soft_wrap=True, show_line_numbers=False, tab_behavior="focus")

    def edit(self, edit: Edit) -> EditResult:
        """Write what was typed or pasted, with a space for what a terminal would obey."""
        return super().edit(replace(edit, text=_plain(edit.text)))


def _plain(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(" " if unicodedata.category(c) == "Cc" and c not in "\n\t" else c for c in lines)
