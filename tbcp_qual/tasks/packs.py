"""A pack for one coder: made only where nothing would go out that was replaced by a pseudonym."""

import json
import re
import secrets
from dataclasses import replace
from pathlib import Path

from tbcp_qual.errors import Conflict, UsageError
from tbcp_qual.privacy.pseudonyms import Pseudonyms
from tbcp_qual.store import Project
from tbcp_qual.store.packing import Excerpt
from tbcp_qual.tasks.pseudonyms import list_of
from tbcp_qual.tasks.rounds import check_round, find_round
from tbcp_qual.tasks.sealing import check_passphrase, seal
from tbcp_qual.team.packs import Pack, make_pack, what_goes


def pack_round(project: Project, name: str, coder_name: str, path: Path, *, passphrase: str | None = None) -> Pack:
    """Write a pack of a round for one of its coders.

    Args:
        project: the project itself.
        name: of the round.
        coder_name: of the coder.
        path: where to; no file of that name may be there.
        passphrase: seals the pack; None leaves it as it is.

    Raises:
        UsageError: there is no such round, the coder is none of it, or the passphrase is too short.
        Conflict: something stands in the way of the round, or names that were replaced are still in the file.
        ProjectUnusable: the file cannot be made.
    """
    made = find_round(project, name)
    coder = project.coder_named(coder_name)
    if coder is None:
        raise UsageError(f"There is no coder “{coder_name}” in this project.", "`tbcp-qual coders list` lists them.")
    goes = what_goes(project, made, coder)
    check = check_round(project, made.id)
    for finding in check.findings:
        if finding.level == "error":
            raise Conflict(finding.message, finding.hint)
    _check_purged(goes, list_of(project))
    if passphrase is None:
        return make_pack(path, made, coder, goes)
    check_passphrase(passphrase)
    open_pack = project.path.with_name(f".tbcp-{secrets.token_hex(8)}.part")
    try:
        pack = make_pack(open_pack, made, coder, goes)
        seal(open_pack, path, passphrase)
    finally:
        open_pack.unlink(missing_ok=True)
    return replace(pack, path=path)


def _check_purged(goes: Excerpt, pseudonyms: Pseudonyms) -> None:
    """Raise where words on the list of pseudonyms would go out, in a text, an earlier text or what a person wrote."""
    words = sorted({words for _, words, _ in pseudonyms.rows()}, key=lambda word: (-len(word), word))
    if not words:
        return
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")
    in_texts = sum(bool(pattern.search(" ".join(text.split()))) for text in goes.texts.values())
    in_records = {
        record
        for _, _, _, record, fields in goes.changes
        if any(pattern.search(value) for value in _written(json.loads(fields)))
    }
    if in_texts or in_records:
        where = " and ".join(
            f"{n} {one}" if n == 1 else f"{n} {one}s"
            for n, one in ((in_texts, "text"), (len(in_records), "record"))
            if n
        )
        raise Conflict(
            f"Names that were replaced by pseudonyms would go out: they are still in {where}, earlier ones included.",
            "tbcp-qual privacy purge takes them out for good; then make the pack.",
        )


def _written(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [words for part in value for words in _written(part)] if isinstance(value, list) else []
