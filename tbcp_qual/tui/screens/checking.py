"""What the check finds before something leaves: it is shown, and where the audience asks for one a reason is taken."""

from collections.abc import Callable, Sequence

from tbcp_qual.coding.counting import some
from tbcp_qual.coding.records import Audience
from tbcp_qual.privacy.disclosure import Concern
from tbcp_qual.tasks.releasing import may_leave
from tbcp_qual.tui.dialogs.reading import ReadDialog
from tbcp_qual.tui.dialogs.value import ValueDialog
from tbcp_qual.tui.screens.mode import ModeScreen
from tbcp_qual.tui.widgets.passages import Passage


def ask_leave(
    screen: ModeScreen,
    audience: Audience,
    concerns: list[Concern],
    then: Callable[[str], None],
    *,
    more: Sequence[Passage] = (),
) -> None:
    """Show what the check found; where nothing was found it goes on at once, and escape stops.

    Args:
        screen: where it is shown.
        audience: who will read what leaves.
        concerns: what the disclosure check found.
        then: gets the reason why it goes out all the same, empty where none was needed.
        more: what else there is to be said before it leaves; it needs no reason.
    """
    items = [
        Passage(key=str(n), label=one.kind, note=one.where, body=f"{one.message} {' or '.join(one.remedies)}".strip())
        for n, one in enumerate(concerns)
    ]
    items += more
    if not items:
        then("")
        return
    number = some(len(items), "finding")

    def read(key: str | None) -> None:
        if key is None:
            screen.say("Nothing was written.")
        elif may_leave(concerns, audience, ""):
            then("")
        else:
            screen.app.push_screen(why, said)

    def said(reason: str | None) -> None:
        if reason:
            then(reason)
        else:
            screen.say("Nothing was written.")

    why = ValueDialog(
        f"why does it go out to the {audience} with {number}",
        "",
        hint="The reason is kept in the record of exports.",
        problem=lambda reason: "" if reason.strip() else "Without a reason it stays here.",
    )
    title = f"check before it goes to the {audience}: {number}"
    screen.app.push_screen(ReadDialog(title, items, keys="enter goes on all the same"), read)
