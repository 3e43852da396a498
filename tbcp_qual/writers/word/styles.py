"""The look of our Word files, in one place: one typeface, one accent colour, few lines, styles with names of their own.

The report author restyles everything by changing a style; no paragraph is formatted by hand.
"""

FONT = "Arial"
ACCENT = "1F5A66"
"""Dark teal: 7.7 to 1 on white."""
QUIET = "595959"
"""Dark grey: 7 to 1 on white."""
TINT = "EAF1F2"
RULE = "C9D3D5"

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _colour(colour: str) -> str:
    return f'<w:color w:val="{colour}"/>'


def _spacing(before: float = 0, after: float = 0, line: float = 1.0) -> str:
    return (
        f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"'
        f' w:line="{round(line * 240)}" w:lineRule="auto"/>'
    )


def _paragraph(
    style_id: str,
    name: str,
    paragraph: str = "",
    run: str = "",
    *,
    based: str = "Normal",
    following: str = "",
    shown: bool = True,
) -> str:
    follow = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph" {_custom(name)}w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based}"/>{follow}{"<w:qFormat/>" if shown else ""}'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _character(style_id: str, name: str, run: str) -> str:
    return (
        f'<w:style w:type="character" {_custom(name)}w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{run}</w:rPr></w:style>'
    )


def _custom(name: str) -> str:
    """Tell Word which styles are ours: its own are named in lower case."""
    own = name not in ("Title", "Subtitle", "Hyperlink") and name[0].isupper() and name != "TOC Heading"
    return 'w:customStyle="1" ' if own else ""


def _heading(level: int, size: float, before: float, after: float, run: str, paragraph: str = "") -> str:
    return _paragraph(
        f"Heading{level}",
        f"heading {level}",
        f'<w:keepNext/><w:keepLines/>{paragraph}{_spacing(before, after)}<w:outlineLvl w:val="{level - 1}"/>',
        f"<w:b/><w:bCs/>{run}{_size(size)}",
        following="Normal",
    )


_DEFAULTS = (
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    f'<w:rFonts w:ascii="{FONT}" w:eastAsia="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/>{_size(10.5)}'
    '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    f"<w:pPr>{_spacing(0, 6, 1.15)}</w:pPr></w:style>"
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
)

_TABLE = (
    '<w:style w:type="table" w:customStyle="1" w:styleId="EvidenceTable"><w:name w:val="Evidence Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>'
    f'<w:top w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>'
    f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>'
    f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/></w:tblBorders>'
    '<w:tblCellMar><w:top w:w="85" w:type="dxa"/><w:left w:w="113" w:type="dxa"/>'
    '<w:bottom w:w="85" w:type="dxa"/><w:right w:w="113" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr>'
    f'<w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/></w:tcBorders>'
    f'<w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    "</w:style>"
)

_STYLES = (
    _paragraph("Title", "Title", _spacing(0, 4), f"<w:b/><w:bCs/>{_colour(ACCENT)}{_size(26)}", following="Subtitle"),
    _paragraph("Subtitle", "Subtitle", _spacing(0, 18), f"{_colour(QUIET)}{_size(14)}", following="Normal"),
    _heading(1, 18, 0, 8, _colour(ACCENT), "<w:pageBreakBefore/>"),
    _heading(2, 13, 14, 5, _colour(ACCENT)),
    _heading(3, 11, 14, 3, ""),
    _paragraph(
        "TOCHeading", "TOC Heading", f"<w:keepNext/>{_spacing(14, 6)}", f"<w:b/><w:bCs/>{_colour(ACCENT)}{_size(13)}"
    ),
    _paragraph(
        "TOC1",
        "toc 1",
        f'<w:tabs><w:tab w:val="right" w:pos="9298"/></w:tabs>{_spacing(5, 1)}',
        "<w:b/><w:bCs/>",
        shown=False,
    ),
    _paragraph(
        "TOC2",
        "toc 2",
        f'<w:tabs><w:tab w:val="right" w:pos="9298"/></w:tabs>{_spacing(0, 1)}<w:ind w:left="284"/>',
        shown=False,
    ),
    _paragraph("Header", "header", _spacing(), f"{_colour(QUIET)}{_size(8.5)}", shown=False),
    _paragraph("Footer", "footer", f'{_spacing()}<w:jc w:val="right"/>', f"{_colour(QUIET)}{_size(8.5)}", shown=False),
    _paragraph("Caption", "caption", f"<w:keepNext/><w:keepLines/>{_spacing(0, 5)}", f"<w:b/><w:bCs/>{_size(9.5)}"),
    _paragraph(
        "Fact",
        "Fact",
        f'<w:tabs><w:tab w:val="left" w:pos="2268"/></w:tabs>{_spacing(0, 3, 1.1)}<w:ind w:left="2268" w:hanging="2268"/>',
    ),
    _paragraph(
        "Notice",
        "Notice",
        f'<w:keepLines/><w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="{ACCENT}"/></w:pBdr>{_spacing(10, 10, 1.15)}<w:ind w:left="200"/>',
    ),
    _paragraph("Question", "Question", f"<w:keepLines/>{_spacing(0, 8, 1.15)}", _size(12)),
    _paragraph(
        "Subquestion",
        "Sub-question",
        f'<w:keepLines/><w:tabs><w:tab w:val="left" w:pos="567"/></w:tabs>{_spacing(0, 4, 1.15)}<w:ind w:left="567" w:hanging="567"/>',
    ),
    _paragraph(
        "ThemeName", "Theme Name", f"<w:keepNext/>{_spacing(7, 1)}", "<w:b/><w:bCs/>", following="ThemeDefinition"
    ),
    _paragraph("ThemeDefinition", "Theme Definition", f"<w:keepLines/>{_spacing(0, 2, 1.1)}"),
    _paragraph("ThemeCodes", "Theme Codes", f"<w:keepLines/>{_spacing(0, 4, 1.05)}", f"{_colour(QUIET)}{_size(9)}"),
    _paragraph("MatrixText", "Matrix Text", _spacing(0, 0, 1.05), _size(8.5)),
    _paragraph("MatrixHeading", "Matrix Heading", "<w:keepNext/>", "<w:b/><w:bCs/>" + _size(9), based="MatrixText"),
    _paragraph("MatrixRow", "Matrix Row", _spacing(0, 2), "<w:b/><w:bCs/>" + _size(9.5), based="MatrixText"),
    _paragraph("MatrixDetail", "Matrix Detail", "", _colour(QUIET), based="MatrixText"),
    _paragraph("MatrixAttributes", "Matrix Attributes", _spacing(3, 0, 1.05), _colour(QUIET), based="MatrixText"),
    _paragraph("MatrixCount", "Matrix Count", "", "<w:b/><w:bCs/>", based="MatrixText"),
    _paragraph("MatrixQuotation", "Matrix Quotation", _spacing(4, 0, 1.05), "", based="MatrixText"),
    _paragraph("MatrixNote", "Matrix Note", f"<w:keepNext/>{_spacing(0, 6, 1.05)}", _colour(QUIET), based="MatrixText"),
    _paragraph("TableNote", "Table Note", f"<w:keepLines/>{_spacing(0, 6, 1.05)}", _colour(QUIET), based="MatrixText"),
    _paragraph(
        "QuotationGroup",
        "Quotation Group",
        f'<w:keepNext/><w:pBdr><w:bottom w:val="single" w:sz="4" w:space="2" w:color="{RULE}"/></w:pBdr>'
        f"{_spacing(10, 7)}",
        f"{_colour(QUIET)}{_size(9.5)}",
    ),
    _paragraph(
        "SectionEnd",
        "Section End",
        '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
        _size(1),
        shown=False,
    ),
    _paragraph("AfterTable", "After Table", _spacing(0, 4), _size(6), shown=False),
    _paragraph(
        "Answer",
        "Answer",
        f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="{ACCENT}"/></w:pBdr>{_spacing(4, 6, 1.15)}<w:ind w:left="200"/>',
        _size(11.5),
    ),
    _paragraph("Caveats", "Caveats", f"{_spacing(0, 6, 1.1)}", _colour(QUIET)),
    _paragraph("Finding", "Finding", f"<w:keepNext/><w:keepLines/>{_spacing(0, 4, 1.15)}", "<w:b/><w:bCs/>"),
    _paragraph("Explained", "Explained", f"<w:keepLines/>{_spacing(0, 6, 1.1)}"),
    _paragraph(
        "ToWrite",
        "To Write",
        f'<w:keepLines/><w:shd w:val="clear" w:color="auto" w:fill="FFF7DB"/>{_spacing(3, 6, 1.1)}',
    ),
    _paragraph("MatrixSummary", "Matrix Summary", _spacing(0, 3, 1.05), based="MatrixText"),
    _paragraph("Quotation", "Quotation", f"<w:keepLines/>{_spacing(0, 9, 1.12)}", _size(10)),
    _character("Hyperlink", "Hyperlink", f'{_colour(ACCENT)}<w:u w:val="single"/>'),
    _character("SourceLink", "Source Link", _colour(ACCENT)),
    _character("Reference", "Reference", f"<w:b/><w:bCs/>{_colour(ACCENT)}"),
    _character("Label", "Label", "<w:b/><w:bCs/>"),
    _character("Quiet", "Quiet", _colour(QUIET)),
    _character("Coding", "Coding", f"{_colour(QUIET)}{_size(8.5)}"),
    _character("NegativeCase", "Negative Case", f"<w:b/><w:bCs/><w:i/><w:iCs/>{_colour(ACCENT)}"),
)


HOUSE_TABLE = "Table"
"""What a house template calls the look of its tables."""


def styles_xml() -> str:
    """Return the whole style sheet."""
    return f'<w:styles xmlns:w="{_NAMESPACE}">{_DEFAULTS}{"".join(_STYLES)}{_TABLE}</w:styles>'
