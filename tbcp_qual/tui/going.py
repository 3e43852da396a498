"""Going from a list to the place it speaks of: a stretch in the transcript, selected; a record in its own screen."""

from typing import TYPE_CHECKING, Protocol, cast

from tbcp_qual.coding.spans import Span
from tbcp_qual.tui.modes import BY_KEY

if TYPE_CHECKING:
    from tbcp_qual.tui.app import Workbench
    from tbcp_qual.tui.screens.find import FindScreen


class ShowsRecords(Protocol):
    """A screen that can go to one record."""

    def go_to(self, kind: str, record: str) -> None:
        """Put the cursor on a record of a kind, by its id."""


def to_span(bench: "Workbench", document: str, span: Span) -> None:
    """Open a document in the coding screen at a stretch of its present text, and select it."""
    bench.show_document(document)
    page = bench.code_screen.page
    if bench.desk.document is not None and bench.desk.document.id == document:
        page.move_to(span.start, centre=True)
        page.select(span)


def to_coding(bench: "Workbench", document: str, coding: str) -> bool:
    """Open a document at one of its codings; whether it lies in the present text."""
    bench.show_document(document)
    there = bench.desk.codings.get(coding)
    if there is not None:
        to_span(bench, document, Span(there.start, there.end))
    return there is not None


def to_record(bench: "Workbench", mode: str, kind: str, record: str) -> None:
    """Go to a record in the mode that shows its kind."""
    if mode in BY_KEY:
        bench.action_mode(mode)
        screen = cast("ShowsRecords", bench.screen)
        bench.screen.call_after_refresh(screen.go_to, kind, record)


def to_case(bench: "Workbench", case: str) -> None:
    """Show all about a case, and go on from there."""
    from tbcp_qual.tui.dialogs.case_card import CaseCard, Wanted

    def wanted(what: Wanted | None) -> None:
        if what is not None and what.document:
            bench.show_document(what.document)
        elif what is not None and (what.attribute or what.person):
            bench.show_person(what)

    bench.push_screen(CaseCard([case]), wanted)


def to_person(bench: "Workbench", kind: str, record: str) -> None:
    """Go to a case, an attribute of one, or a participant."""
    from tbcp_qual.tui.dialogs.case_card import Wanted

    if kind == "participant":
        bench.show_person(Wanted("", person=record))
        return
    frame = bench.desk.frame
    case = record if kind == "case" else next((a.case for a in frame.attributes if a.id == record), "")
    if case:
        to_case(bench, case)


def to_codings_of(bench: "Workbench", *codes: str) -> None:
    """Retrieve the codings of codes and of all below them."""
    bench.action_mode("F")
    screen = cast("FindScreen", bench.screen)
    screen.call_after_refresh(screen.retrieve_codes, *codes)
