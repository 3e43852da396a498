"""Themes: named sets of codes with a definition, keyed to questions; each act as a label and the changes it makes."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from tbcp_qual.coding.changes import create, remove, update
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Code, Question, Theme
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.text import clean, one_line
from tbcp_qual.errors import Conflict, UsageError
from tbcp_qual.tasks.coding import Act


def find_theme(themes: Sequence[Theme], name: str) -> Theme:
    """Return the theme of this name or id; upper and lower case are the same.

    Raises:
        UsageError: there is none, or several.
    """
    wanted = one_line(name)
    found = [theme for theme in themes if theme.name.casefold() == wanted.casefold()]
    found = found or [theme for theme in themes if theme.id == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            f"Several themes are called “{name}”.", f"Give the id: {'; '.join(theme.id for theme in found)}"
        )
    near = get_close_matches(wanted, [theme.name for theme in themes], n=1)
    hint = f"Is it “{near[0]}”?" if near else "`tbcp-qual themes list` lists the themes."
    raise UsageError(f"No theme is called “{name}”.", hint)


def find_questions(questions: Iterable[Question], keys: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the questions of these keys.

    Raises:
        UsageError: there is no such question.
    """
    by_key = {question.key.casefold(): question.id for question in questions}
    found: dict[str, None] = {}
    for key in keys:
        if one_line(key).casefold() not in by_key:
            known = ", ".join(by_key)
            hint = (
                f"The keys are: {known}." if known else "Questions come with a codebook: `tbcp-qual codebook import`."
            )
            raise UsageError(f"There is no question “{key}”.", hint)
        found[by_key[one_line(key).casefold()]] = None
    return tuple(found)


def _check_name(themes: Iterable[Theme], name: str, but: Theme | None = None) -> None:
    if not name:
        raise UsageError("A theme needs a name.")
    if any(theme.name.casefold() == name.casefold() for theme in themes if but is None or theme.id != but.id):
        raise UsageError(f"There is a theme called “{name}” already.", "Give it another name.")


def add(
    themes: Sequence[Theme],
    name: str,
    *,
    definition: str = "",
    codes: Iterable[Code] = (),
    questions: Iterable[str] = (),
) -> tuple[Theme, Act]:
    """Make a theme, last in order.

    Args:
        themes: those there are.
        name: what it is called.
        definition: what it says.
        codes: what it takes, each with all below it.
        questions: ids of the questions it speaks to.

    Raises:
        UsageError: the name is empty or taken.
    """
    name = one_line(name)
    _check_name(themes, name)
    theme = Theme(
        id=new_id(),
        name=name,
        definition=clean(definition).text.strip(),
        codes=tuple(dict.fromkeys(code.id for code in codes)),
        questions=tuple(dict.fromkeys(questions)),
        position=max((theme.position for theme in themes), default=-1) + 1,
    )
    return theme, Act(f"theme added: {name}", [create(theme)])


def rename(themes: Sequence[Theme], theme: Theme, name: str) -> Act:
    """Give a theme another name.

    Raises:
        UsageError: the name is empty or taken.
    """
    name = one_line(name)
    _check_name(themes, name, theme)
    return _updated(theme, f"theme {theme.name} renamed {name}", name=name)


def define(theme: Theme, definition: str) -> Act:
    """Say what a theme means."""
    return _updated(theme, f"theme {theme.name} redefined", definition=clean(definition).text.strip())


def ask(theme: Theme, questions: Iterable[str]) -> Act:
    """Say to which questions, by id, a theme speaks."""
    return _updated(theme, f"questions of theme {theme.name}", questions=tuple(dict.fromkeys(questions)))


def add_codes(theme: Theme, codes: Iterable[Code]) -> Act:
    """Let a theme take codes, each with all below it."""
    listed = list(codes)
    named = "; ".join(code.name for code in listed)
    taken = tuple(dict.fromkeys((*theme.codes, *(code.id for code in listed))))
    return _updated(theme, f"theme {theme.name} takes {named}", codes=taken)


def remove_codes(theme: Theme, codes: Iterable[Code], codebook: Codebook) -> Act:
    """Let a theme no longer take codes.

    Raises:
        UsageError: it does not name one of them.
    """
    listed = list(codes)
    for code in listed:
        if code.id not in theme.codes:
            named = "; ".join(codebook.path(c) for c in theme.codes if c in codebook.by_id) or "none"
            raise UsageError(f"“{theme.name}” does not name the code “{code.name}”.", f"It names: {named}.")
    gone = {code.id for code in listed}
    left = tuple(code for code in theme.codes if code not in gone)
    return _updated(theme, f"theme {theme.name} without {'; '.join(code.name for code in listed)}", codes=left)


def _updated(theme: Theme, label: str, **values: object) -> Act:
    change = update(theme, **values)
    return Act(label, [change] if change.fields else [])


def delete(snapshot: Snapshot, theme: Theme) -> Act:
    """Delete a theme; its codes stay, and topics no longer name it.

    Raises:
        Conflict: memos are on it.
    """
    memos = sum(memo.theme == theme.id for memo in snapshot.memos)
    if memos:
        notes = "a memo is" if memos == 1 else f"{memos} memos are"
        raise Conflict(f"“{theme.name}” cannot be deleted: {notes} on it.", "Delete those first, or rename the theme.")
    topics = [
        update(topic, themes=tuple(named for named in topic.themes if named != theme.id))
        for topic in snapshot.topics
        if theme.id in topic.themes
    ]
    return Act(f"theme deleted: {theme.name}", [*topics, remove(theme)])


def order(themes: Sequence[Theme], first: Sequence[Theme]) -> Act:
    """Put themes in order: those named come first, the others follow as they are."""
    named = {theme.id: theme for theme in first}
    ordered = [*named.values(), *(theme for theme in themes if theme.id not in named)]
    changes = [update(theme, position=place) for place, theme in enumerate(ordered)]
    return Act("themes put in order", [change for change in changes if change.fields])
