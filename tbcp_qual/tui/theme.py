"""Two quiet themes: the page is the brightest thing, one accent says "you are here"."""

from textual.theme import Theme

DARK = Theme(
    name="evening",
    primary="#7aa2c8",
    secondary="#8c8c8c",
    accent="#d7a65f",
    warning="#d7a65f",
    error="#e07a6a",
    success="#7fb58a",
    foreground="#dcd8d0",
    background="#16181b",
    surface="#1b1e22",
    panel="#202429",
    dark=True,
)

LIGHT = Theme(
    name="daylight",
    primary="#2f6690",
    secondary="#6c6c6c",
    accent="#a15c00",
    warning="#a15c00",
    error="#b3261e",
    success="#2e6b3c",
    foreground="#23211e",
    background="#fbf9f4",
    surface="#f3f0e9",
    panel="#ebe7de",
    dark=False,
)

THEMES = (DARK, LIGHT)
