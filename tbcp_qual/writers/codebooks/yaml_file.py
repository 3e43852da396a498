"""A codebook as YAML that people read and edit: long texts folded over lines, nothing quoted that need not be.

The format is that of codebooks/README.md. Whatever the words are, `readers.codebooks` reads back the same.
"""

import json
import re
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

from tbcp_qual.coding.codebook import in_order
from tbcp_qual.coding.records import Approach, Code
from tbcp_qual.coding.versions import Framework
from tbcp_qual.writers.whole import whole_file

_PLAIN = re.compile(r"[^\W\d_](?:[\w ,.;'’()/?!>-]*[\w.)'’?!])?|[0-9]+[a-df-z]")
"""What needs no quotation marks: begins with a letter, and holds no sign that YAML could mean something by; or `2b`."""
_NO_WORD = {"null"}
_FOLDED = re.compile(r"[^\s\x7f-\x9f]+(?: [^\s\x7f-\x9f]+)+")
_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029\ufeff]")
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SHORT = 90
"""Characters that stay on the line of their key."""
_WIDTH = 118


def write_yaml(framework: Framework, path: Path, *, project: str, approach: Approach) -> None:
    """Write what is in use of a codebook to a YAML file, which is replaced as a whole.

    Raises:
        BadInput: the file cannot be written.
    """
    with whole_file(path) as file:
        file.write(codebook_yaml(framework, project=project, approach=approach).encode("utf-8", "replace"))


def codebook_yaml(framework: Framework, *, project: str, approach: Approach) -> str:
    """Return what is in use of a codebook as YAML."""
    lines = [*_entry([("project", project), ("approach", approach)], "")]
    if framework.questions:
        lines += ["", "questions:", *_questions(framework)]
    if any(framework.codebook.walk()):
        lines += ["", "codes:", *_codes(framework, None, "  ")]
    if framework.themes:
        lines += ["", "themes:", *_themes(framework)]
    return "\n".join(lines) + "\n"


def _questions(framework: Framework) -> Iterator[str]:
    below: str | None = None
    for question in in_order(framework.questions):
        told = [("key", question.key), ("aspect", question.aspect), ("short", question.short), ("text", question.text)]
        if question.parent is None:
            below = None
            yield from _item(told, "  ")
            continue
        if below != question.parent:
            below = question.parent
            yield "    sub:"
        yield from _item(told, "      ")


def _codes(framework: Framework, above: str | None, indent: str) -> Iterator[str]:
    for code in framework.codebook.children.get(above, []):
        if code.retired:
            continue
        yield from _item(_told(code), indent)
        keys = [framework.keys[question] for question in code.questions if question in framework.keys]
        if keys:
            yield f"{indent}  questions: [{', '.join(map(_listed, keys))}]"
        below = list(_codes(framework, code.id, f"{indent}    "))
        if below:
            yield f"{indent}  codes:"
            yield from below


def _told(code: Code) -> list[tuple[str, str]]:
    return [
        ("name", code.name),
        ("colour", code.colour),
        ("brief", code.brief),
        ("full", code.full),
        ("when to use", code.use_when),
        ("when not to use", code.not_when),
        ("example", code.example),
        ("domain", code.domain),
        ("origin", code.origin),
        ("status", code.status),
    ]


def _themes(framework: Framework) -> Iterator[str]:
    book = framework.codebook
    for theme in sorted(framework.themes, key=lambda theme: (theme.position, theme.name, theme.id)):
        yield from _item([("name", theme.name), ("definition", theme.definition)], "  ")
        keys = [framework.keys[question] for question in theme.questions if question in framework.keys]
        if keys:
            yield f"    questions: [{', '.join(map(_listed, keys))}]"
        codes = [code for code in theme.codes if code in framework.in_use]
        if codes:
            yield "    codes:"
            yield from (f"      - {_scalar(book.path(code))}" for code in codes)


def _item(told: Iterable[tuple[str, str]], indent: str) -> Iterator[str]:
    """Give the lines of an item of a list."""
    for number, line in enumerate(_entry(told, f"{indent}  ")):
        yield f"{indent}- {line[len(indent) + 2 :]}" if number == 0 else line


def _entry(told: Iterable[tuple[str, str]], indent: str) -> Iterator[str]:
    """Give the lines of keys with their texts; those that are empty are left out."""
    for key, text in told:
        if not text:
            continue
        if "\n" in text and not _UNPRINTABLE.search(text):
            yield f"{indent}{key}: |-"
            yield from (f"{indent}  {line}" if line else "" for line in text.split("\n"))
        elif len(text) > _SHORT and _FOLDED.fullmatch(text) and not _UNPRINTABLE.search(text):
            yield f"{indent}{key}: >-"
            width = max(_WIDTH - len(indent), 40)
            lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
            yield from (f"{indent}  {line}" for line in lines)
        else:
            yield f"{indent}{key}: {_scalar(text)}"


def _scalar(text: str) -> str:
    """Return a text on one line, in quotation marks where it needs them."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _NO_WORD and not _UNPRINTABLE.search(text):
        return text
    return _quoted(text)


def _listed(key: str) -> str:
    """Return a key as it may stand within brackets."""
    plain = key.isascii() and key.isalnum() and not key.isdigit() and key.casefold() not in _NO_WORD
    return key if plain else _quoted(key)


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda sign: f"\\u{ord(sign.group()):04x}", quoted)
