"""Working frameworks: agreeing provisional codes, the versions that were kept, and what differs between two of them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tbcp_qual.coding.changes import Change, Revision, create, update
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Version
from tbcp_qual.coding.text import one_line, text_hash
from tbcp_qual.coding.versions import Difference, Framework, differences, framework_body, read_framework
from tbcp_qual.errors import UsageError
from tbcp_qual.store import Project

NOW = "now"
"""Stands for the codebook as it is, where a version is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A working framework that was agreed."""

    revision: Revision
    version: Version
    codes: tuple[str, ...]
    """Paths of the codes that were provisional until now."""
    provisional: int
    """Codes in use that still are."""


def present_framework(project: Project) -> Framework:
    """Return the codebook as it is now."""
    return Framework(
        questions=tuple(project.records("question")),
        codes=tuple(project.records("code")),
        themes=tuple(project.records("theme")),
    )


def agree(project: Project, *, coder: str, label: str = "", paths: Sequence[str] = ()) -> Agreed | None:
    """Agree provisional codes and keep the codebook as a version, in one revision.

    Args:
        project: an open project.
        coder: id of the coder who writes it down.
        label: what the version is called besides its number.
        paths: names or paths of the codes to agree; empty for all that are in use.

    Returns:
        None where nothing is provisional and the last version says the same already.

    Raises:
        UsageError: there is no such code.
    """
    framework = present_framework(project)
    codebook = framework.codebook
    chosen = [codebook.find(path) for path in paths] or [code for _, code in codebook.walk()]
    agreed = [code for code in {code.id: code for code in chosen}.values() if code.status == "provisional"]
    changes: list[Change] = [update(code, status="agreed") for code in agreed]
    ids = {code.id for code in agreed}
    codes = tuple(replace(code, status="agreed") if code.id in ids else code for code in framework.codes)
    body = framework_body(replace(framework, codes=codes))
    there = versions(project)
    if not agreed and any(version.body == text_hash(body) for version in there[-1:]):
        return None
    version = Version(
        id=new_id(),
        number=max((v.number for v in there), default=0) + 1,
        label=one_line(label),
        body=text_hash(body),
        coder=coder,
        at=_now(),
    )
    revision = project.apply(f"agreed {version_title(version)}", [*changes, create(version)], coder=coder, texts=[body])
    assert revision is not None
    left = sum(code.status == "provisional" for _, code in Codebook(codes).walk())
    return Agreed(
        revision=revision, version=version, codes=tuple(codebook.path(code.id) for code in agreed), provisional=left
    )


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def versions(project: Project) -> list[Version]:
    """Return the versions that were kept, the first first."""
    return sorted(project.records("version"), key=lambda version: (version.number, version.at, version.id))


def version_title(version: Version) -> str:
    """Return what a version is called: `version 2 “After the pilot”`."""
    return f"version {version.number}{f' “{version.label}”' if version.label else ''}"


def find_version(project: Project, name: str) -> Version:
    """Return the version of this number, label or id.

    Raises:
        UsageError: there is none, or several.
    """
    there = versions(project)
    wanted = one_line(name).casefold()
    found = (
        [version for version in there if version.id == wanted]
        or [version for version in there if str(version.number) == wanted.removeprefix("v")]
        or [version for version in there if version.label.casefold() == wanted]
    )
    if len(found) == 1:
        return found[0]
    if found:
        # Copies that were merged may each have kept one under that number.
        ids = "; ".join(f"{version.id} ({version_title(version)})" for version in found)
        raise UsageError(f"Several versions are called “{name}”.", f"Give the id: {ids}")
    named = ", ".join(str(version.number) for version in there)
    hint = f"There is: {named}; or `now`." if there else "`tbcp-qual codebook agree` keeps the first."
    raise UsageError(f"There is no version “{name}”.", hint)


def framework_of(project: Project, name: str) -> tuple[str, Framework]:
    """Return the title and the codebook of a version by number, label or id, or of `now`.

    Raises:
        UsageError: there is no such version.
        ProjectUnusable: it was purged.
    """
    if one_line(name).casefold() == NOW:
        return NOW, present_framework(project)
    version = find_version(project, name)
    body = project.texts([version.body]).get(version.body, "")
    return version_title(version), read_framework(body)


def compare(project: Project, before: str, after: str = NOW) -> tuple[str, str, tuple[Difference, ...]]:
    """Return the titles of two versions, each by number, label, id or `now`, and what differs between them.

    Raises:
        UsageError: there is no such version.
        ProjectUnusable: one of them was purged.
    """
    old_title, old = framework_of(project, before)
    new_title, new = framework_of(project, after)
    return old_title, new_title, differences(old, new)


def told_versions(project: Project) -> list[dict[str, str | int | None]]:
    """Return the versions as they are listed; how much one holds is None where it was purged."""
    names = {coder.id: coder.name for coder in project.records("coder")}
    listed = versions(project)
    bodies = project.texts(version.body for version in listed)
    told = []
    for version in listed:
        body = bodies.get(version.body, "")
        framework = read_framework(body) if body else None
        told.append(
            {
                "number": version.number,
                "label": version.label,
                "at": version.at,
                "by": names.get(version.coder),
                "codes": len(framework.in_use) if framework else None,
                "themes": len(framework.themes) if framework else None,
                "id": version.id,
            }
        )
    return told
