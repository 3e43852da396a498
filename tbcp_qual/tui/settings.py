"""What a person has settled for the workbench, in `settings.toml` in the folder of their settings."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import platformdirs

from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.tui.theme import THEMES

FILE = "settings.toml"
ELSEWHERE = {"coder"}
"""What the command line reads from the same file."""
SOONEST, LATEST = 0.5, 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the workbench honours; each is also the name in the file."""

    theme: str = THEMES[0].name
    """Until another is chosen on screen."""
    look_every: float = 2.0
    """Seconds between two looks at whether another program has written to the file."""
    tour: bool = True
    """Whether somebody who opens the workbench for the first time is shown round."""


def config_folder() -> Path:
    """Return the folder of a person's settings; one that is not there where nobody's home is known."""
    try:
        return Path(platformdirs.user_config_dir("tbcp-qual", appauthor=False))
    except RuntimeError:
        return Path("tbcp-qual-without-home")


def loaded(path: Path) -> tuple[dict[str, Any], str]:
    """Return what a TOML file holds, and a remark where it cannot be read; a file that is not there holds nothing."""
    if not path.is_file():
        return {}, ""
    import tomllib

    try:
        with path.open("rb") as file:
            return tomllib.load(file), ""
    except (OSError, ValueError):
        return {}, f"{path.name} in {path.parent} cannot be read, and is left out."


def read_settings(folder: Path | None = None) -> tuple[Settings, str]:
    """Return the settings, and a remark on what of the file is left out; empty where nothing is."""
    table, problem = loaded((folder or config_folder()) / FILE)
    settings, wrong = Settings(), []
    for name, value in table.items():
        if name in ELSEWHERE:
            continue
        fits = _fitting(name, value)
        if fits is None:
            wrong.append(name)
        else:
            settings = replace(settings, **fits)
    if wrong:
        problem = f"Left out of {FILE}: {', '.join(wrong)}. {_WHAT}"
    return settings, problem


_WHAT = (
    f"theme is {' or '.join(theme.name for theme in THEMES)}; look_every {SOONEST:g} to {LATEST:g} seconds; "
    "tour true or false."
)


def _fitting(name: str, value: object) -> dict[str, Any] | None:
    """Return the setting; None where there is no such one, or not with such a value."""
    match name, value:
        case "theme", str() if value in {theme.name for theme in THEMES}:
            return {name: value}
        case "tour", bool():
            return {name: value}
        case "look_every", int() | float() if not isinstance(value, bool) and SOONEST <= value <= LATEST:
            return {name: float(value)}
    return None
