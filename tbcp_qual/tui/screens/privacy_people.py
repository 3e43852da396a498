"""Who is who, said on the privacy screen: names that are one person's, and a name that is several people's."""

from collections.abc import Callable

from tbcp_qual.privacy.wording import folded
from tbcp_qual.store import Project
from tbcp_qual.tasks.persons import OnePerson, likely_people, name_of, say_same, say_several
from tbcp_qual.tasks.privacy import PrivacyReport, Spotted
from tbcp_qual.tasks.pseudonyms import list_of
from tbcp_qual.tui.dialogs.several import Offer, SeveralDialog
from tbcp_qual.tui.screens.mode import ModeScreen


def ask_same(screen: ModeScreen, report: PrivacyReport, one: Spotted, then: Callable[[], None]) -> None:
    """Ask which names are the person's whose name is lit; those that look like it are marked already."""
    spelt = name_of(one)

    def job(project: Project) -> list[OnePerson]:
        return likely_people(report, list_of(project))

    def proposed(people: list[OnePerson]) -> None:
        likely = [n for person in people if folded(spelt) in map(folded, person.names) for n in person.names]
        counts: dict[str, int] = {}
        names: dict[str, str] = {folded(name): name for name in (spelt, *likely)}
        for other in report.open:
            if other.finding.kind == "name":
                key = folded(name_of(other))
                names.setdefault(key, name_of(other))
                counts[key] = counts.get(key, 0) + 1
        offers = [Offer(key=key, name=name, note=f"{counts.get(key, 0)} open") for key, name in names.items()]

        def taken(keys: tuple[str, ...] | None) -> None:
            if keys:
                _say(screen, lambda project: _same(project, report, [names[key] for key in keys]), then)

        marked = [folded(name) for name in (spelt, *likely)]
        screen.app.push_screen(SeveralDialog(f"which names are one person: {spelt}", offers, marked), taken)

    screen.read(job, proposed)


def say_apart(screen: ModeScreen, report: PrivacyReport, one: Spotted, then: Callable[[], None]) -> None:
    """Say that the name that is lit is somebody else's in each family."""

    def job(project: Project) -> str:
        parted = say_several(project, report, name_of(one), list_of(project))
        return ", ".join(f"{pseudonym} in {where}" for where, pseudonym in parted.items())

    _say(screen, job, then)


def _same(project: Project, report: PrivacyReport, names: list[str]) -> str:
    return f"{say_same(project, report, names, list_of(project))} stands for {', '.join(names)}"


def _say(screen: ModeScreen, job: Callable[[Project], str], then: Callable[[], None]) -> None:
    """Let the list of pseudonyms be written, tell what stands in it, and look anew."""

    def done(said: str) -> None:
        then()
        screen.say(said)

    screen.read(job, done)
