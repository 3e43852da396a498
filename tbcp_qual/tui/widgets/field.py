"""A field for one line that shows nothing a terminal would obey, whatever is pasted into it."""

from textual.widgets import Input

from tbcp_qual.tui.widgets.lines import literal


class Field(Input):
    """An input whose value is literal."""

    def validate_value(self, value: str) -> str:
        """Put a space for what a terminal would obey."""
        return literal(value)
