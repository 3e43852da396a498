"""All keys of the workbench by their ids, and the file in which a person gives some of them other keys.

The file is `keys.toml` in the folder of the user's settings: one line `"code.undo" = "ctrl+z"` for each change.
"""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import Keys, _character_to_key, key_to_character
from textual.screen import Screen

import tbcp_qual.tui as room
from tbcp_qual.tui.hints import key_shown
from tbcp_qual.tui.settings import config_folder, loaded

FILE = "keys.toml"
MODIFIERS = {"ctrl", "shift", "alt", "super"}
KNOWN_KEYS = {key.value for key in Keys}
SAID = 3
"""Lines of the file that are named in a remark; of more only the number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What one key does."""

    id: str
    keys: tuple[str, ...]
    """As the program knows them: `full_stop`, `ctrl+r`."""
    name: str
    does: str


Keymap = dict[str, str]
"""Keys by the id of what they do; several with commas between."""


def read_keymap(folder: Path | None = None) -> tuple[Keymap, str]:
    """Return what a person's file changes, and a remark on what of it is left out; empty where nothing is."""
    path = (folder or config_folder()) / FILE
    table, problem = loaded(path)
    if problem or not table:
        return {}, problem
    keymap: Keymap = {}
    wrong: list[str] = []
    known = {id: binding.description for bindings in _together() for id, binding in bindings.items()}
    for id, keys in _flat(table):
        if id not in known:
            wrong.append(f"{id} is no key of the workbench")
        elif not isinstance(keys, str) or not (given := normalised(keys)):
            wrong.append(f"{id} has no key that a terminal knows")
        else:
            keymap[id] = given
    for id, other, key in list(_taken_twice(keymap)):
        if keymap.pop(id, None):
            wrong.append(f"{known[id]} ({id}) cannot have {shown(key)}, which stays with {known[other]} ({other})")
    if not wrong:
        return keymap, ""
    more = f"; and {len(wrong) - SAID} more" if len(wrong) > SAID else ""
    return keymap, f"Left out of {FILE}: {'; '.join(wrong[:SAID])}{more}. tbcp-qual keys lists all."


def normalised(keys: str) -> str:
    """Return keys as the program knows them; empty where one of them is none.

    >>> normalised("ctrl+z, !")
    'ctrl+z,exclamation_mark'
    """
    found = []
    for one in map(str.strip, keys.split(",") if len(keys.strip()) > 1 else [keys]):
        *modifiers, key = one.split("+") if len(one) > 1 else [one]
        if not key or not MODIFIERS.issuperset(modifiers):
            return ""
        if len(key) == 1:
            key = _character_to_key(key)
        elif key not in KNOWN_KEYS and key_to_character(key) is None:
            return ""
        found.append("+".join([*modifiers, key]))
    return ",".join(found)


def shown(keys: str) -> str:
    """Return keys as people write them."""
    return key_shown(keys)


def listed(keymap: Mapping[str, str]) -> list[Named]:
    """Return all keys that have an id, those of the text first, with the keys in force."""
    found: dict[str, Named] = {}
    for bindings in _together():
        for id, binding in bindings.items():
            keys = tuple(keymap.get(id, binding.key).split(","))
            found.setdefault(id, Named(id=id, keys=keys, name=binding.description, does=binding.tooltip))
    order = {area: n for n, area in enumerate(("code", "transcript", "mode", "app"))}
    return sorted(found.values(), key=lambda named: order.get(named.id.partition(".")[0], len(order)))


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, object]]:
    """Yield ids and keys; `code.undo` without quotation marks is a table in a table."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _together() -> Iterator[dict[str, Binding]]:
    """Yield the bindings of each part of the screens by their ids, with those that hold there at the same time."""
    from tbcp_qual.tui.app import Workbench
    from tbcp_qual.tui.screens.code import CodeScreen
    from tbcp_qual.tui.transcript.view import TranscriptView

    for package in ("screens", "transcript", "widgets"):
        for path in room.__path__:
            for module in pkgutil.iter_modules([str(Path(path) / package)]):
                importlib.import_module(f"{room.__name__}.{package}.{module.name}")
    everywhere = _own(Workbench)
    yield _own(CodeScreen) | _own(TranscriptView) | everywhere
    for part in _parts(DOMNode):
        if not issubclass(part, App | CodeScreen | TranscriptView):
            yield _own(part) | (everywhere if issubclass(part, Screen) else {})


def _parts(kind: type[DOMNode]) -> Iterator[type[DOMNode]]:
    for part in kind.__subclasses__():
        if part.__module__.startswith(f"{room.__name__}.") and "BINDINGS" in vars(part):
            yield part
        yield from _parts(part)


def _own(part: type[DOMNode]) -> dict[str, Binding]:
    ours = [kind for kind in reversed(part.__mro__) if kind.__module__.startswith(f"{room.__name__}.")]
    return {b.id: b for kind in ours for b in vars(kind).get("BINDINGS", ()) if isinstance(b, Binding) and b.id}


def _taken_twice(keymap: Keymap) -> Iterator[tuple[str, str, str]]:
    """Yield what was given a key that something else has at the same time: its id, that of the other, the key."""
    for bindings in _together():
        by_key: dict[str, list[str]] = {}
        for id, binding in bindings.items():
            for key in keymap.get(id, binding.key).split(","):
                by_key.setdefault(key.strip(), []).append(id)
        for key, ids in by_key.items():
            given = [id for id in ids if id in keymap]
            if len(ids) > 1 and given:
                yield given[-1], next(id for id in ids if id != given[-1]), key
