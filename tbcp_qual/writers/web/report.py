"""A report as one page for a browser: folded by section, searched in place, and cut off from any network.

Its policy lets nothing run or load but the script and the styles that are written into it, by their hashes.
"""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import Path

from tbcp_qual.writers.report.blocks import (
    NOTHING,
    Block,
    Composed,
    Figure,
    Heading,
    Kind,
    Look,
    Paragraph,
    Table,
    Text,
)
from tbcp_qual.writers.web.drawing import svg
from tbcp_qual.writers.whole import whole_file
from tbcp_qual.writers.word.markup import legal

_CLASSES: dict[Kind, str] = {
    "caveats": "quiet",
    "lead": "note",
    "note": "note",
    "to write": "write",
    "cell detail": "detail",
    "cell name": "label",
    "codes": "quiet",
}
_LOOKS: dict[Look, str] = {
    "label": "label",
    "quiet": "quiet",
    "reference": "reference",
    "negative": "negative",
    "": "",
}


def write_page(report: Composed, path: Path) -> None:
    """Write a report to an HTML file, which is replaced as a whole.

    Raises:
        BadInput: the file cannot be written.
    """
    with whole_file(path) as file:
        file.write(page(report).encode("utf-8"))


def page(report: Composed) -> str:
    """Return the page."""
    here = files("tbcp_qual.writers.web")
    style, script = ((here / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    facts = "".join(f"<dt>{_said(name)}</dt><dd>{_said(words)}</dd>" for name, words in report.facts)
    notices = "".join(f'<p class="notice">{_said(words)}</p>' for words in report.notices)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f"<title>{_said(report.title)}: {_said(report.subtitle)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<header>\n<h1>{_said(report.title)}</h1>\n<p class="subtitle">{_said(report.subtitle)}</p>\n'
        f'<dl class="facts">{facts}</dl>\n{notices}\n</header>\n'
        '<div class="search" role="search"><label for="find">Find</label>'
        '<input id="find" type="search" autocomplete="off" spellcheck="false">'
        '<span id="told" role="status"></span><button id="unfold" type="button">Unfold all</button>'
        '<button id="fold" type="button">Fold all</button></div>\n'
        f"<main>\n{''.join(_sections(report))}</main>\n<script>{script}</script>\n</body>\n</html>\n"
    )


def _hash(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def _said(text: str) -> str:
    return escape(legal(text)).replace("\n", "<br>")


def _sections(report: Composed) -> Iterator[str]:
    opened = False
    anchored: set[str] = set()
    for block in report.blocks():
        if isinstance(block, Heading) and block.level == 1:
            yield "</details>\n" if opened else ""
            # The first section is what most readers came for; the others say what they hold by their name.
            yield f"<details{'' if opened else ' open'}><summary>{_said(block.words)}</summary>\n"
            opened = True
        else:
            yield _block(block, anchored)
    yield "</details>\n" if opened else ""


def _block(block: Block, anchored: set[str]) -> str:
    if isinstance(block, Heading):
        return f'<h{block.level} class="block">{_said(block.words)}</h{block.level}>\n'
    if isinstance(block, Table):
        return _table(block, anchored)
    if isinstance(block, Figure):
        return svg(block)
    return _paragraph(block, anchored, searched=True)


def _paragraph(block: Paragraph, anchored: set[str], *, searched: bool) -> str:
    name = ""
    if block.anchor and block.anchor not in anchored:
        anchored.add(block.anchor)
        name = f' id="{escape(block.anchor)}"'
    look = _CLASSES.get(block.kind, block.kind if block.kind.isalpha() else "")
    classes = " ".join(part for part in (look, "block" if searched else "") if part)
    return f'<p class="{classes}"{name}>{"".join(map(_text, block.content))}</p>\n'


def _text(text: Text) -> str:
    words = _said(text.words.replace("\t", " "))
    if text.to:
        return f'<a href="#{escape(text.to)}">{words}</a>'
    return f'<span class="{_LOOKS[text.look]}">{words}</span>' if text.look else words


def _table(table: Table, anchored: set[str]) -> str:
    head = "".join(f'<th scope="col">{_said(name)}</th>' for name in table.headings)
    rows = []
    for row in table.rows:
        cells = []
        for place, cell in enumerate(row):
            said = "".join(_paragraph(block, anchored, searched=False) for block in cell if block.words.strip())
            tag, scope = ("th", ' scope="row"') if place == 0 else ("td", "")
            cells.append(f"<{tag}{scope}>{said or NOTHING}</{tag}>")
        rows.append(f"<tr>{''.join(cells)}</tr>\n")
    return (
        f'<div class="wide" tabindex="0"><table><caption>{_said(table.title)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>\n{''.join(rows)}</tbody></table></div>\n"
    )
