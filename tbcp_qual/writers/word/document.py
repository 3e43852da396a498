"""A Word file around a body: python-docx gives the package, the style sheet and all that is in the body are ours."""

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.writers.whole import whole_file
from tbcp_qual.writers.word.markup import field, run
from tbcp_qual.writers.word.styles import styles_xml
from tbcp_qual.writers.word.template import Template

_LANGUAGE = "en-GB"
_TEMPLATE_ONLY = ("/stylesWithEffects", "/customXml", "/numbering", "/webSettings", "/fontTable", "/thumbnail")
_SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    f'</w:compat><w:themeFontLang w:val="{_LANGUAGE}"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """What the file says of itself."""

    title: str
    subject: str
    author: str
    keywords: str
    comments: str
    header: str
    """What stands at the head of every page."""
    created: datetime.datetime
    """In UTC."""


def write_document(
    path: Path,
    body: Iterable[str],
    properties: Properties,
    *,
    template: Path | None = None,
    pictures: Mapping[str, bytes] | None = None,
) -> None:
    """Write a Word file.

    Args:
        path: the file, which is replaced as a whole.
        body: paragraphs, tables and the properties of the last section.
        properties: what the file says of itself.
        template: a Word file whose styles, headers and footers are used; None for ours.
        pictures: metafiles by the names that the body knows them by.

    Raises:
        BadInput: the template cannot be used, or the file cannot be written.
    """
    house = Template(template) if template is not None else None
    document = house.document if house else docx.Document()
    written = "".join(body)
    if house:
        written = house.restyled(written)
    else:
        _leave_bare(document)
    _refill(document.settings.element, f"<w:settings {nsdecls('w')}>{_SETTINGS}</w:settings>")
    # Moving elements into another tree takes three times as long as parsing them, so the tree itself is exchanged.
    document.part._element = parse_xml(f"<w:document {nsdecls('w', 'r')}><w:body>{written}</w:body></w:document>")
    document = document.part.document
    first = document.sections[0]
    if house and house.references:
        for place, element in enumerate(house.references):
            first._sectPr.insert(place, element)
    else:
        _fill(first.header, run(properties.header))
        _fill(first.footer, run("Page ") + field("PAGE", "1") + run(" of ") + field("NUMPAGES", "1"))
    for number, (name, content) in enumerate((pictures or {}).items(), start=1):
        file_name = PackURI(f"/word/media/forest{number}.emf")
        part = Part(file_name, "image/x-emf", content, document.part.package)
        document.part.rels.add_relationship(RELATIONSHIP_TYPE.IMAGE, part, name)
    core = document.core_properties
    core.title, core.subject, core.author = properties.title, properties.subject, properties.author
    core.keywords, core.comments, core.category = properties.keywords, properties.comments, "Qualitative evaluation"
    core.last_modified_by, core.language, core.revision = properties.author, _LANGUAGE, 1
    core.created = core.modified = properties.created
    with whole_file(path) as file:
        document.save(file)


def _leave_bare(document) -> None:  # type: ignore[no-untyped-def]
    """Take from the library's template all that is not ours, and give it our styles."""
    for rels in (document.part.rels, document.part.package.rels):
        for key in [
            key for key, rel in rels.items() if rel.reltype.endswith((*_TEMPLATE_ONLY, "/extended-properties"))
        ]:
            del rels[key]
    _refill(document.styles.element, styles_xml())


def _refill(element, xml: str) -> None:  # type: ignore[no-untyped-def]
    """Replace what an element of the template holds."""
    for child in list(element):
        element.remove(child)
    element.extend(list(parse_xml(xml)))


def _fill(part, content: str) -> None:  # type: ignore[no-untyped-def]
    """Make a header or footer of one paragraph."""
    part.is_linked_to_previous = False
    paragraph = part.paragraphs[0]._p
    paragraph.extend(list(parse_xml(f"<w:p {nsdecls('w')}>{content}</w:p>")))
