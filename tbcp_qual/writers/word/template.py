"""A team's own Word file as template: its styles, headers and footers are used, its body and what hangs on it are not.

Styles are met by name, so that a template in another language serves too: its `heading 1` may have any id.
"""

import re
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from tbcp_qual.errors import BadInput
from tbcp_qual.writers.word.styles import HOUSE_TABLE, styles_xml

_KEPT = ("/styles", "/settings", "/theme", "/numbering", "/fontTable", "/header", "/footer")
"""Relations of the main part of a template that stay."""
_KEPT_OF_FILE = ("/officeDocument", "/core-properties")
"""Relations of a template as a file that stay: its thumbnail shows its text, other properties say whose it is."""
_AGAIN = "Save it in Word as a .docx file, without a password."
_OURS = ("EvidenceTable",)


class Template:
    """An opened template."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            BadInput: it is no Word file that can be used.
        """
        try:
            content = path.read_bytes()
        except OSError as problem:
            raise BadInput(
                f"{path} cannot be read: {problem.strerror}.", "Name the template: --template FILE.docx"
            ) from None
        if b"<!DOCTYPE" in content:
            raise BadInput(f"{path} is refused: its XML has a DOCTYPE.", "It may be harmful.")
        try:
            self.document = docx.Document(str(path))
        except (PackageNotFoundError, ValueError, KeyError, OSError, SyntaxError) as problem:
            raise BadInput(f"{path} is not a Word file that can serve as template.", _AGAIN) from problem
        body = self.document.element.body
        sections = list(body.iter(qn("w:sectPr")))
        names = (qn("w:headerReference"), qn("w:footerReference"), qn("w:titlePg"))
        self.references = [element for element in (sections[0] if sections else []) if element.tag in names]
        """What the first section says of headers and footers."""
        for rels, kept in ((self.document.part.rels, _KEPT), (self.document.part.package.rels, _KEPT_OF_FILE)):
            for key in [key for key, rel in rels.items() if not rel.reltype.endswith(kept)]:
                del rels[key]
        self._ids = self._add_missing()

    def _add_missing(self) -> dict[str, str]:
        """Add those of our styles that the template has not by name; return our ids with the template's."""
        styles: Any = self.document.styles.element
        there = {(s.get(qn("w:type")), _name(s)): s.get(qn("w:styleId")) for s in styles.iterchildren(qn("w:style"))}
        taken = set(there.values())
        ours: list[Any] = [s for s in parse_xml(styles_xml()) if s.tag == qn("w:style")]
        ids: dict[str, str] = {}
        added = []
        for style in ours:
            kind, own = style.get(qn("w:type")), style.get(qn("w:styleId"))
            name = HOUSE_TABLE.casefold() if own in _OURS and (kind, HOUSE_TABLE.casefold()) in there else _name(style)
            known = there.get((kind, name))
            if known is None:
                added.append(style)
                known = own if own not in taken else f"Tbcp{own}"
                style.set(qn("w:styleId"), known)
                style.attrib.pop(qn("w:default"), None)
            ids[own] = known
        for style in added:
            for pointer in (qn("w:basedOn"), qn("w:next"), qn("w:link")):
                for element in style.iterchildren(pointer):
                    element.set(qn("w:val"), ids.get(element.get(qn("w:val")), element.get(qn("w:val"))))
            styles.append(style)
        _say_language(styles)
        return ids

    def restyled(self, body: str) -> str:
        """Return our XML with the style ids of the template."""
        changed = {own: known for own, known in self._ids.items() if own != known}
        if not changed:
            return body
        pattern = re.compile(r'(<w:(?:pStyle|rStyle|tblStyle) w:val=")([^"]+)(")')
        return pattern.sub(lambda found: f"{found[1]}{changed.get(found[2], found[2])}{found[3]}", body)


def _name(style: Any) -> str:
    element = style.find(qn("w:name"))
    return "" if element is None else str(element.get(qn("w:val"))).casefold()


def _say_language(styles: Any) -> None:
    """Set British English where the template says another language or none."""
    defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for language in list(styles.iter(qn("w:lang"))):
        language.set(qn("w:val"), "en-GB")
    if defaults is not None and defaults.find(qn("w:lang")) is None:
        defaults.append(parse_xml(f'<w:lang xmlns:w="{defaults.nsmap["w"]}" w:val="en-GB"/>'))
