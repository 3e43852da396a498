"""A picture in a paragraph, with what a screen reader says of it; its file lies beside the text in the package."""

from tbcp_qual.writers.word.markup import escaped

_EMU = 12700
"""In one point."""
_NAMES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)


def picture_id(number: int) -> str:
    """Return by which name the text knows a picture."""
    return f"rIdFigure{number}"


def picture(number: int, size: tuple[float, float], *, title: str, description: str) -> str:
    """Return a run with a picture.

    Args:
        number: of the picture in this file, from 1.
        size: width and height in points.
        title: what it is called.
        description: what a screen reader says of it.
    """
    width, height = (round(points * _EMU) for points in size)
    name = f'name="Figure {number}" title="{escaped(title)}" descr="{escaped(description)}"'
    return (
        f'<w:r><w:drawing {_NAMES}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" {name}/>'
        "<wp:cNvGraphicFramePr/>"
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" {name}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{picture_id(number)}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
