"""A pane that can show some of what it lists: of one document, by one coder, of one kind; escape shows all again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog
from tbcp_qual.tui.dialogs.opening import DocumentPicker
from tbcp_qual.tui.screens.panes import ReadPane

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Asked = TypeVar("Asked", bound="DataclassInstance")
"""What is asked for: a record of words, each empty unless the list is narrowed by it."""


class NarrowedPane(ReadPane, Generic[Asked]):
    """Such a pane; what is asked for has at least the fields `document`, `by` and `kind`."""

    BY: ClassVar[str] = ""
    """How a coder has to do with what is listed: `written by`."""

    def __init__(self, everything: Asked, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.narrowed = self._everything = everything

    def show_list(self) -> None:
        """Show what is asked for."""
        raise NotImplementedError

    def narrow(self, narrowed: Asked) -> None:
        """Ask for something else."""
        self.narrowed = narrowed
        self.show_list()

    def step_back(self) -> bool:
        """Show all again."""
        if self.narrowed == self._everything:
            return False
        self.all_again()
        return True

    def all_again(self) -> None:
        """Show all."""
        self.narrow(self._everything)

    def by_document(self) -> None:
        """Show only what has to do with one document."""
        names = {document.id: document.name for document in self.home.desk.documents}

        def picked(document: str | None) -> None:
            if document:
                self.narrow(replace(self.narrowed, document=names[document]))

        self.app.push_screen(DocumentPicker(self.home.desk), picked)

    def by_coder(self) -> None:
        """Show only what one coder did."""
        self.choose(self.BY, [coder.name for coder in self.home.desk.frame.coders], "by")

    def choose(self, title: str, values: Sequence[str], field: str, called: Mapping[str, str] | None = None) -> None:
        """Ask for one value of a field, or for any.

        Args:
            title: of the dialog.
            values: those there are.
            field: of what is asked for.
            called: what a value is called, where it is not its own name.
        """

        def chosen(value: str | None) -> None:
            if value is not None:
                self.narrow(replace(self.narrowed, **{field: value}))

        choices = [*(Choice(value=value, text=(called or {}).get(value, value)) for value in values)]
        choices.append(Choice(value="", text="· any"))
        self.app.push_screen(ChoiceDialog(title, choices, getattr(self.narrowed, field)), chosen)
