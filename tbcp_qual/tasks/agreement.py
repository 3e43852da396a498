"""How far coders agree: who and what is compared, named by a person, and what is missing before it can be."""

from collections.abc import Mapping, Sequence

from tbcp_qual.agreement.report import Report, compare
from tbcp_qual.agreement.units import Unit
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.records import Coder, Document
from tbcp_qual.errors import QualError, UsageError
from tbcp_qual.store import Project


def agreement(
    project: Project,
    *,
    viewer: str,
    coders: Sequence[str] | None,
    unit: Unit,
    documents: Sequence[str] | None = None,
    codes: Sequence[str] | None = None,
    branch: bool = False,
    interviewer: bool = False,
) -> Report:
    """Compare coders over the documents they have marked done.

    Args:
        project: an open project.
        viewer: id of the coder who looks.
        coders: names; None for all who have marked a document done.
        unit: what counts as one unit.
        documents: names; None for all.
        codes: names or paths; None for all that are not retired.
        branch: whether a code stands for all below it too.
        interviewer: whether what interviewers say counts too.

    Raises:
        UsageError: the project is reflexive, or no coder, document or code has that name.
        QualError: there is no document, or not the one named, that two of the coders have marked done.
    """
    if project.info.approach == "reflexive":
        raise UsageError(
            "A reflexive project has no coefficients of agreement.",
            "Compare codings by reading and talking: what differs is material, not error.",
        )
    everybody: list[Coder] = project.records("coder")
    in_scope = _documents_named(project.records("document"), documents)
    marked: dict[str, set[str]] = {document.id: set() for document in in_scope}
    for mark in project.records("done"):
        if mark.done and mark.document in marked:
            marked[mark.document].add(mark.coder)
    if coders is None:
        compared = [coder for coder in everybody if any(coder.id in done for done in marked.values())]
    else:
        compared = _coders_named(everybody, coders)
    _check_enough(compared, in_scope, marked, named=documents is not None)
    ids = {coder.id for coder in compared}
    begun = [document for document in in_scope if marked[document.id] & ids]
    chosen = None
    if codes is not None:
        codebook = Codebook(project.records("code"))
        chosen = [codebook.find(code) for code in codes]
    snapshot = project.snapshot(viewer, [document.id for document in begun])
    order = {document.id: place for place, document in enumerate(snapshot.documents)}
    return compare(
        snapshot,
        coders=[coder.id for coder in compared],
        documents=sorted(begun, key=lambda document: order[document.id]),
        unit=unit,
        codes=chosen,
        branch=branch,
        interviewer=interviewer,
    )


def _coders_named(everybody: Sequence[Coder], names: Sequence[str]) -> list[Coder]:
    by_name = {coder.name.casefold(): coder for coder in everybody}
    found: dict[str, Coder] = {}
    for name in names:
        coder = by_name.get(name.strip().casefold())
        if coder is None:
            known = ", ".join(c.name for c in everybody) or "nobody yet"
            raise UsageError(f"There is no coder “{name.strip()}” in this project.", f"There is: {known}.")
        found[coder.id] = coder
    if len(found) < 2:
        raise UsageError("Agreement needs at least two coders.", "Name them: --between NAME,NAME")
    return list(found.values())


def _documents_named(everything: Sequence[Document], names: Sequence[str] | None) -> list[Document]:
    if names is None:
        return list(everything)
    found: dict[str, Document] = {}
    for name in names:
        same = [document for document in everything if document.name.casefold() == name.casefold()]
        if not same:
            raise UsageError(f"No document is called “{name}”.", "`tbcp-qual documents list` lists them.")
        found.update((document.id, document) for document in same)
    return list(found.values())


def _check_enough(
    coders: Sequence[Coder], documents: Sequence[Document], marked: Mapping[str, set[str]], *, named: bool
) -> None:
    """Raise where nothing can be compared, or a document that was asked for cannot."""
    ids = {coder.id for coder in coders}
    lacking = [document for document in documents if len(marked[document.id] & ids) < 2]
    if documents and (not lacking or (not named and len(lacking) < len(documents))):
        return
    who = " and ".join(coder.name for coder in coders)
    if named and lacking:
        message = f"“{lacking[0].name}” is not marked done by two of the coders" + (f" ({who})." if who else ".")
    elif len(coders) > 1:
        message = f"There is no document that two of the coders ({who}) have marked done."
    elif coders:
        message = f"Nobody but {who} has marked a document done."
    else:
        message = "Nobody has marked a document done."
    begun = next((document for document in lacking if marked[document.id] & ids), None)
    waiting = next((coder for coder in coders if begun and coder.id not in marked[begun.id]), None)
    document_name = f'"{begun.name}"' if begun else "NAME"
    coder_name = f'"{waiting.name}"' if waiting else "NAME"
    raise QualError(
        message, f"When it is coded: tbcp-qual documents done {document_name} --coder {coder_name}, for each coder."
    )
