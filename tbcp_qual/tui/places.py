"""What a coder left where: reading places, pinned codes, folded panes; in the user's state folder, no revisions."""

import json
import os
from pathlib import Path
from typing import Any

import platformdirs

SLOTS = 9


def tour_is_due() -> bool:
    """Whether nobody has been shown round on this machine yet."""
    try:
        return not _tour_seen().exists()
    except (OSError, RuntimeError):
        return False


def keep_tour_seen() -> None:
    """Remember that somebody has been shown round; where that cannot be kept, they will be offered it again."""
    try:
        _tour_seen().parent.mkdir(parents=True, exist_ok=True)
        _tour_seen().touch()
    except (OSError, RuntimeError):
        return


def _tour_seen() -> Path:
    return Path(platformdirs.user_state_dir("tbcp-qual", appauthor=False)) / "tour-seen"


class Places:
    """Where one coder left off in one project; nothing of a transcript is kept here."""

    def __init__(self, project: str, coder: str) -> None:
        folder = Path(platformdirs.user_state_dir("tbcp-qual", appauthor=False))
        self._path = folder / f"{project}.{coder}.json"
        kept: dict[str, Any] = {}
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            kept = {}
        if not isinstance(kept, dict):
            kept = {}
        slots = kept.get("slots")
        self.slots: list[str | None] = list(slots)[:SLOTS] if isinstance(slots, list) else []
        """Ids of the pinned codes; None where a slot is free."""
        self.slots += [None] * (SLOTS - len(self.slots))
        self.is_new = slots is None
        """Whether this coder has never been here."""
        self.document: str | None = kept.get("document") if isinstance(kept.get("document"), str) else None
        carets = kept.get("carets")
        self.carets: dict[str, int] = (
            {str(d): c for d, c in carets.items() if isinstance(c, int)} if isinstance(carets, dict) else {}
        )
        self.theme: str | None = kept.get("theme") if isinstance(kept.get("theme"), str) else None

    def save(self) -> None:
        """Keep the places; where that cannot be done, nothing is lost but the place."""
        kept = {"slots": self.slots, "document": self.document, "carets": self.carets, "theme": self.theme}
        partial = self._path.with_suffix(".part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps(kept), encoding="utf-8")
            os.replace(partial, self._path)
        except OSError:
            return
