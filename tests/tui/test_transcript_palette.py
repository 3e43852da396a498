"""The colours of codes can be read, and told apart by everybody."""

from itertools import combinations

import pytest
from textual.color import Color

from tbcp_qual.tui.palette import DARK, LIGHT, NAMES, colour

SEEN_BY = {
    "everybody": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopes": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopes": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopes": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Linear RGB as seen at full severity; Machado, Oliveira and Fernandes (2009), table 1."""


def linear(shade: str) -> tuple[float, ...]:
    parts = (part / 255 for part in Color.parse(shade).rgb)
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


def lightness(shade: str) -> float:
    red, green, blue = linear(shade)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def lab(shade: str, eyes: str) -> tuple[float, float, float]:
    """CIE L*a*b* of a colour as it is seen."""
    light = linear(shade)
    red, green, blue = (min(max(sum(a * b for a, b in zip(row, light, strict=True)), 0), 1) for row in SEEN_BY[eyes])
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((lightness(one), lightness(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("eyes", SEEN_BY)
@pytest.mark.parametrize("shades", [DARK, LIGHT], ids=["dark", "light"])
def test_any_two_colours_can_be_told_apart(shades: dict[str, str], eyes: str) -> None:
    close = [
        (one, other)
        for one, other in combinations(shades, 2)
        if sum((a - b) ** 2 for a, b in zip(lab(shades[one], eyes), lab(shades[other], eyes), strict=True)) < 10**2
    ]
    assert close == []


@pytest.mark.parametrize(
    ("shades", "background"), [(DARK, "#16181b"), (DARK, "#202429"), (LIGHT, "#fbf9f4"), (LIGHT, "#ebe7de")]
)
def test_a_label_can_be_read(shades: dict[str, str], background: str) -> None:
    assert {
        name: round(contrast(shade, background), 1)
        for name, shade in shades.items()
        if contrast(shade, background) < 3.3
    } == {}


def test_a_name_that_is_not_known_is_grey() -> None:
    assert colour("", dark=True) == colour("mauve", dark=True) == DARK["grey"]
    assert colour("teal", dark=False) == LIGHT["teal"]
    assert set(NAMES) == set(LIGHT) == set(DARK)
