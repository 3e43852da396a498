"""The colours of codes, for dark and for light backgrounds.

Built on the colours of Okabe and Ito (2008), which readers with the usual kinds of colour blindness can tell apart;
the further names differ from them in lightness. A colour never says anything that a label does not say too.
"""

DARK = {
    "blue": "#56b4e9",
    "orange": "#e69f00",
    "green": "#1fb88a",
    "red": "#f0703a",
    "purple": "#a98bea",
    "brown": "#b08458",
    "pink": "#e8a0cb",
    "olive": "#a3ad3c",
    "teal": "#7fdbd4",
    "gold": "#f0e442",
    "grey": "#a0a0a0",
}
"""On a dark background, by name."""

LIGHT = {
    "blue": "#0072b2",
    "orange": "#b36b00",
    "green": "#00795a",
    "red": "#c2410c",
    "purple": "#6d46b0",
    "brown": "#6b4423",
    "pink": "#b14c86",
    "olive": "#626b00",
    "teal": "#007c89",
    "gold": "#8a7400",
    "grey": "#6a6a6a",
}
"""On a light background, by name."""

NAMES = tuple(DARK)


def colour(name: str, *, dark: bool) -> str:
    """Return the colour of a palette name as `#rrggbb`; grey for a name that is unknown or empty."""
    shades = DARK if dark else LIGHT
    return shades.get(name, shades["grey"])
