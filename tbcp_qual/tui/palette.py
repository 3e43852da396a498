"""The colours of codes, for dark and for light backgrounds.

They start from Okabe and Ito (2008) and differ in lightness as well as hue, so that readers with the usual kinds of
colour blindness can tell any two apart. A colour never says anything that a label does not say too.
"""

DARK = {
    "blue": "#0091b4",
    "orange": "#e09301",
    "green": "#59e4a3",
    "red": "#dc5d2e",
    "purple": "#848def",
    "brown": "#b3795c",
    "pink": "#e4baf3",
    "olive": "#acca6b",
    "teal": "#79c9b8",
    "gold": "#fde043",
    "grey": "#848484",
}
"""On a dark background, by name."""

LIGHT = {
    "blue": "#3580b9",
    "orange": "#af6b00",
    "green": "#4d8160",
    "red": "#cb5435",
    "purple": "#352b83",
    "brown": "#7b4c35",
    "pink": "#a63187",
    "olive": "#314700",
    "teal": "#025169",
    "gold": "#6f5a10",
    "grey": "#4c4c4c",
}
"""On a light background, by name."""

NAMES = tuple(DARK)


def colour(name: str, *, dark: bool) -> str:
    """Return the colour of a palette name as `#rrggbb`; grey for a name that is unknown or empty."""
    shades = DARK if dark else LIGHT
    return shades.get(name, shades["grey"])
