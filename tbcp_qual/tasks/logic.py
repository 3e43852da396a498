"""The logic model, part by part, and configurations of context, mechanism and outcome, held against the findings."""

from collections.abc import Sequence
from dataclasses import replace

from tbcp_qual.coding.changes import Revision, create, remove, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Configuration, Element, Part, Support
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.text import clean, one_line
from tbcp_qual.errors import UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.evidence import finding_keyed


def element_named(snapshot: Snapshot, name: str) -> Element | None:
    """Return the element of the logic model of this name, or None."""
    wanted = one_line(name).casefold()
    return next((e for e in snapshot.elements if e.name.casefold() == wanted), None)


def configuration_named(snapshot: Snapshot, name: str) -> Configuration | None:
    """Return the configuration of this name, or None."""
    wanted = one_line(name).casefold()
    return next((c for c in snapshot.configurations if c.name.casefold() == wanted), None)


def set_element(
    project: Project,
    name: str,
    *,
    coder: str,
    called: str | None = None,
    part: Part | None = None,
    text: str | None = None,
    support: Support | None = None,
    revision: str | None = None,
    findings: Sequence[str] | None = None,
) -> Revision | None:
    """Put an element into the logic model, or change it; what is None stays as it was.

    Args:
        project: an open project.
        name: what it is called.
        coder: id of whoever does it.
        called: another name for it.
        part: which part of the model it is.
        text: what the model says.
        support: whether the findings bear it out.
        revision: what the model should say instead.
        findings: keys of the findings that say so.

    Raises:
        UsageError: it has no name or another's, there is no such finding, it is borne out by none, or its revision says
            nothing.
    """
    snapshot = project.snapshot(coder, [])
    old = element_named(snapshot, name)
    base = old or Element(
        id=new_id(), name=_name(name), position=max((e.position for e in snapshot.elements), default=-1) + 1
    )
    values = _given(part=part, text=text, support=support, revision=revision) | _renamed(snapshot, base, called)
    if findings is not None:
        values["findings"] = tuple(dict.fromkeys(finding_keyed(snapshot.findings, key).id for key in findings))
    made = _changed(base, values)
    assert isinstance(made, Element)
    if made.support != "untested" and not made.findings:
        raise UsageError("Which finding says so?", "Name it: --finding 4")
    if made.support == "revised" and not made.revision:
        raise UsageError("What should the logic model say instead?", "Say it: --instead “…”")
    change = update(old, **values) if old else create(made)
    return project.apply(f"logic model: {base.name}", [change], coder=coder)


def set_configuration(
    project: Project,
    name: str,
    *,
    coder: str,
    called: str | None = None,
    context: str | None = None,
    mechanism: str | None = None,
    outcome: str | None = None,
    support: Support | None = None,
    findings: Sequence[str] | None = None,
    cases: Sequence[str] | None = None,
) -> Revision | None:
    """State what seems to bring something about, or change it; what is None stays as it was.

    Raises:
        UsageError: it has no name or another's, there is no such finding or family, or none bears it out.
    """
    snapshot = project.snapshot(coder, [])
    old = configuration_named(snapshot, name)
    base = old or Configuration(
        id=new_id(), name=_name(name), position=max((c.position for c in snapshot.configurations), default=-1) + 1
    )
    values = _given(context=context, mechanism=mechanism, outcome=outcome, support=support)
    values |= _renamed(snapshot, base, called)
    if findings is not None:
        values["findings"] = tuple(dict.fromkeys(finding_keyed(snapshot.findings, key).id for key in findings))
    if cases is not None:
        values["cases"] = tuple(dict.fromkeys(case_labelled(snapshot, label) for label in cases))
    made = _changed(base, values)
    assert isinstance(made, Configuration)
    if made.support != "untested" and not made.findings:
        raise UsageError("Which finding says so?", "Name it: --finding 4")
    change = update(old, **values) if old else create(made)
    return project.apply(f"configuration: {base.name}", [change], coder=coder)


def case_labelled(snapshot: Snapshot, label: str) -> str:
    """Return the id of the family of this label.

    Raises:
        UsageError: there is none.
    """
    wanted = one_line(label).casefold()
    for case in snapshot.cases:
        if case.label.casefold() == wanted:
            return case.id
    raise UsageError(f"There is no family “{label[:40]}”.", "`tbcp-qual cases list` lists them.")


def remove_from_logic(project: Project, name: str, *, coder: str) -> Revision | None:
    """Take an element of the logic model, or a configuration, away.

    Raises:
        UsageError: there is none of that name.
    """
    snapshot = project.snapshot(coder, [])
    found: Element | Configuration | None = element_named(snapshot, name) or configuration_named(snapshot, name)
    if found is None:
        names = [*(e.name for e in snapshot.elements), *(c.name for c in snapshot.configurations)]
        there = ", ".join(names)
        raise UsageError(f"There is nothing called “{name[:60]}”.", f"There is: {there}." if there else "")
    return project.apply(f"taken away: {found.name}", [remove(found)], coder=coder)


def _name(name: str) -> str:
    called = one_line(name)
    if not called:
        raise UsageError("It needs a name.")
    return called


def _renamed(snapshot: Snapshot, one: Element | Configuration, called: str | None) -> dict[str, object]:
    """Return the name that something is to have, where it is another than it has.

    Raises:
        UsageError: it is none, or another's.
    """
    if called is None or _name(called) == one.name:
        return {}
    other = element_named(snapshot, called) or configuration_named(snapshot, called)
    if other is not None and other.id != one.id:
        raise UsageError(f"Something else is called “{other.name}” already.", "Give it another name.")
    return {"name": _name(called)}


def _given(**values: str | None) -> dict[str, object]:
    """Return what was said, cleaned."""
    return {field: clean(value).text.strip() for field, value in values.items() if value is not None}


def _changed(record: Element | Configuration, values: dict[str, object]) -> Element | Configuration:
    return replace(record, **values)  # type: ignore[arg-type]
