"""A forest plot as SVG within a page, with nothing in it that runs or loads."""

from html import escape

from tbcp_qual.writers.report.blocks import Figure
from tbcp_qual.writers.report.forest import SIZE, Mark, Stroke, Words, drawn
from tbcp_qual.writers.word.markup import legal

_WIDTH = 620.0
_ANCHORS = {"left": "start", "middle": "middle", "right": "end"}


def svg(figure: Figure) -> str:
    """Return a figure with its caption."""
    plan = drawn(figure, _WIDTH)
    shapes = "".join(map(_shape, plan.shapes))
    return (
        f'<figure class="block"><svg role="img" aria-label="{_said(figure.description)}" width="100%"'
        f' viewBox="0 0 {plan.width:.0f} {plan.height:.0f}" fill="currentColor" stroke-linecap="round">{shapes}</svg>'
        f"<figcaption>{_said(figure.title)}</figcaption></figure>\n"
    )


def _said(words: str) -> str:
    return escape(legal(words))


def _shape(shape: Stroke | Mark | Words) -> str:
    if isinstance(shape, Stroke):
        weight, faint = (1.25 if shape.heavy else 0.5), (0.3 if shape.quiet else 1)
        return (
            f'<line x1="{shape.x1:.1f}" y1="{shape.y1:.1f}" x2="{shape.x2:.1f}" y2="{shape.y2:.1f}"'
            f' stroke="currentColor" stroke-width="{weight}" opacity="{faint}"/>'
        )
    if isinstance(shape, Mark):
        x, y, r = shape.x, shape.y, shape.radius
        if shape.diamond:
            return f'<path d="M{x - r:.1f} {y:.1f}L{x:.1f} {y - r:.1f}L{x + r:.1f} {y:.1f}L{x:.1f} {y + r:.1f}Z"/>'
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/>'
    strong = ' font-weight="bold"' if shape.strong else ""
    return (
        f'<text x="{shape.x:.1f}" y="{shape.y + SIZE * 0.35:.1f}" font-size="{SIZE}"{strong}'
        f' text-anchor="{_ANCHORS[shape.at]}">{_said(shape.words)}</text>'
    )
