"""YAML as words with line numbers: every scalar stays what was written (`1` is not a number, `no` not a refusal)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from tbcp_qual.coding.text import clean, one_line
from tbcp_qual.errors import BadInput
from tbcp_qual.readers.files import as_name, decode, read_bytes


@dataclass(frozen=True, slots=True)
class Word:
    """A scalar and the line it stands on."""

    text: str
    line: int


def read_nodes(path: Path) -> "Entry":
    """Read a YAML file whose top is a mapping.

    Raises:
        BadInput: it is no YAML, or no mapping; with the line where that is known.
    """
    text = clean(decode(read_bytes(path), path).text).text
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise BadInput(_at(path, mark.line + 1 if mark else 1, "this is not YAML"), _hint(text, problem)) from problem
    except (YAMLError, RecursionError, ValueError) as problem:
        raise BadInput(f"{path} is not YAML.", "The format is described in codebooks/README.md.") from problem
    if not isinstance(node, MappingNode):
        raise BadInput(_at(path, 1, "keys are expected, such as `codes:`"), "See codebooks/README.md.")
    _refuse_aliases(path, node)
    return Entry(path, node)


def _hint(text: str, problem: MarkedYAMLError) -> str:
    mark = problem.problem_mark or problem.context_mark
    lines = text.split("\n")
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    if "\t" in line:
        return "There is a tab on that line; indent with spaces."
    if "mapping values" in str(problem.problem):
        return "Words that contain a colon stand in quotation marks."
    if "another document" in str(problem.problem):
        return "One file holds one codebook; remove the line `---`."
    return "Look at that line and the one above it: indentation, quotation marks, brackets."


def _at(path: Path, line: int, what: str) -> str:
    return f"{path}, line {line}: {what}."


def _refuse_aliases(path: Path, node: Any) -> None:
    """Refuse nodes that are used twice: they can be made to grow without end."""
    seen: set[int] = set()
    stack = [node]
    while stack:
        here = stack.pop()
        if id(here) in seen:
            raise BadInput(_at(path, here.start_mark.line + 1, "`&` and `*` are not used here"), "Write it out.")
        seen.add(id(here))
        if isinstance(here, MappingNode):
            stack.extend(part for pair in here.value for part in pair)
        elif isinstance(here, SequenceNode):
            stack.extend(here.value)


class Entry:
    """One mapping of the file: a code, a question, a theme, or the file itself."""

    def __init__(self, path: Path, node: Any) -> None:
        self.path = path
        self.line: int = node.start_mark.line + 1
        self._nodes: dict[str, Any] = {}
        self._lines: dict[str, int] = {}
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            if name in self._nodes:
                raise self.wrong(
                    f"{as_name(name, '``')} is there twice, first on line {self._lines[name]}", "Keep one.", line
                )
            self._nodes[name] = value
            self._lines[name] = line

    def wrong(self, what: str, hint: str, line: int | None = None) -> BadInput:
        """Return an error that names the file and the line."""
        return BadInput(_at(self.path, line or self.line, what), hint)

    def allow(self, keys: Sequence[str]) -> None:
        """Refuse keys that have no meaning here, naming the nearest that has one."""
        for name, line in self._lines.items():
            if name not in keys:
                raise self.wrong(f"{as_name(name, '``')} is no key here", nearest(name, keys, "The keys are"), line)

    def line_of(self, key: str) -> int:
        """Return the line of a key, or of the entry where it lacks the key."""
        return self._lines.get(key, self.line)

    def word(self, key: str) -> str:
        """Return a name or other single line; empty where it is not there."""
        return one_line(self._scalar(key))

    def prose(self, key: str) -> str:
        """Return a text that may have several lines; empty where it is not there."""
        return clean(self._scalar(key)).text.strip()

    def choice(self, key: str, choices: Sequence[str], default: str) -> str:
        """Return one of a closed set of words."""
        word = self.word(key)
        if word and word not in choices:
            raise self.wrong(
                f"`{key}` cannot be {as_name(word)}", nearest(word, choices, "It is one of"), self.line_of(key)
            )
        return word or default

    def words(self, key: str) -> list[Word]:
        """Return a list of words; one word alone is a list of one."""
        node = self._nodes.get(key)
        if node is None or _is_null(node):
            return []
        found = node.value if isinstance(node, SequenceNode) else [node]
        for item in found:
            if not isinstance(item, ScalarNode):
                line = item.start_mark.line + 1
                raise self.wrong(f"`{key}` is a list of words", "Words with a colon stand in quotation marks.", line)
        return [Word(one_line(str(item.value)), item.start_mark.line + 1) for item in found]

    def entries(self, key: str) -> Iterator["Entry"]:
        """Give the mappings of a list."""
        node = self._nodes.get(key)
        if node is None or _is_null(node):
            return
        hint = "Each item begins with `- name: …` or `- key: …`, indented below it."
        if not isinstance(node, SequenceNode):
            raise self.wrong(f"`{key}` is a list", hint, self.line_of(key))
        for item in node.value:
            if not isinstance(item, MappingNode):
                raise self.wrong(f"an item of `{key}` has no keys", hint, item.start_mark.line + 1)
            yield Entry(self.path, item)

    def _scalar(self, key: str) -> str:
        node = self._nodes.get(key)
        if node is None or _is_null(node):
            return ""
        if not isinstance(node, ScalarNode):
            raise self.wrong(f"`{key}` is one text, not a list", "Put it in quotation marks.", self.line_of(key))
        return str(node.value)


def _is_null(node: Any) -> bool:
    return isinstance(node, ScalarNode) and node.style is None and node.value in ("", "~", "null")


def nearest(word: str, known: Sequence[str], otherwise: str) -> str:
    """Return a hint that names the nearest of what is known, or all of it."""
    near = get_close_matches(word.casefold(), [k.casefold() for k in known], n=1, cutoff=0.6)
    if near:
        return f"Is “{next(k for k in known if k.casefold() == near[0])}” meant?"
    return f"{otherwise}: {', '.join(known)}." if len(known) <= 20 else ""
