"""Keys as they are said on the bars, by the ids of what they do: where a person has given others, those are said.

A hint is written `{code.undo} undo · {code.help} help`; `keyed` puts the keys in.
"""

import re
from collections.abc import Iterator, Mapping

from textual.binding import Binding
from textual.dom import DOMNode

_ID = re.compile(r"\{(\w+(?:\.\w+)+)\}")

SHOWN = {
    "full_stop": ".",
    "exclamation_mark": "!",
    "question_mark": "?",
    "slash": "/",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "vertical_line": "|",
    "backslash": "\\",
    "comma": ",",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
}
"""Keys whose name people do not write."""

_usual: dict[str, str] = {}


def key_shown(key: str) -> str:
    """Return keys as people write them; several have commas between."""
    return " ".join("+".join(SHOWN.get(part, part) for part in one.split("+")) for one in key.split(","))


def key_of(id: str, keymap: Mapping[str, str]) -> str:
    """Return the key of an act by the id of its binding, as people write it; of several keys the first.

    Raises:
        KeyError: nothing that has been imported has such a binding.
    """
    keys = keymap.get(id)
    if keys is None:
        if id not in _usual:
            _usual.update(_bindings())
        keys = _usual[id]
    shown = key_shown(keys.partition(",")[0])
    return "esc" if shown == "escape" else shown


def keyed(hint: str, keymap: Mapping[str, str]) -> str:
    """Put keys where a hint has the ids of their bindings in braces.

    >>> keyed("{app.quit} leave", {"app.quit": "ctrl+z"})
    'ctrl+z leave'
    """
    return _ID.sub(lambda found: key_of(found[1], keymap), hint)


def _bindings(kind: type[DOMNode] = DOMNode) -> Iterator[tuple[str, str]]:
    for part in kind.__subclasses__():
        for binding in vars(part).get("BINDINGS", ()):
            if isinstance(binding, Binding) and binding.id:
                yield binding.id, binding.key
        yield from _bindings(part)
