"""Quotations as they may stand in a report: whose words may be shown, under which label, and which were cited so far."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tbcp_qual.analysis.passages import Passage, shortened
from tbcp_qual.coding.permissions import Allowed, passage_permission, permission_for
from tbcp_qual.coding.records import Permission, Turn
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.writers.report.blocks import Kind, Paragraph, Text

ANCHOR_LENGTH = 40
"""Characters that Word takes in the name of a bookmark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How a report calls somebody who speaks."""

    label: str
    """`Parent 3`: one label is one person; empty where only the role may be said."""
    role: str
    """`parent`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A passage as a report cites it."""

    passage: Passage
    anchor: str
    reference: str
    """`P07.14`, or `Q12` beyond the team."""
    source: str
    """Who speaks, what they are, the source type and the place."""
    voice: Voice
    permission: Permission
    recorded: bool
    """Whether everybody who speaks in it was asked what they allow, or the document says it."""
    words: str
    """As they may be shown, without quotation marks; empty where only a paraphrase is allowed."""


class Quotations:
    """Cites passages, and remembers them for the annex."""

    def __init__(
        self,
        now: Snapshot,
        *,
        beyond: bool,
        voices: Mapping[str, Voice],
        longest: int | None = None,
        shown: bool = True,
        without: Collection[str] = (),
    ) -> None:
        """Take what decides about quotations.

        Args:
            now: what the viewer may see.
            beyond: whether the readers do not belong to the team.
            voices: how participants are called, by id.
            longest: characters of a quotation, beyond which `[…]` stands; None for all.
            shown: whether words are shown at all.
            without: references, as the project has them, of passages that must not be shown.
        """
        self._now, self._beyond, self._voices = now, beyond, voices
        self._longest, self._shown = longest, shown
        self._without = {reference.casefold() for reference in without}
        self._known: dict[tuple[str, int, int], Quotation | None] = {}
        self._turns_of: dict[str, list[Turn]] = {}
        self._themes: dict[tuple[str, int, int], dict[str, None]] = {}

    def cite(self, passage: Passage, theme: str = "") -> Quotation | None:
        """Return a passage as it is cited; None where it must not even be mentioned."""
        key = (passage.document, *passage.span)
        if key not in self._known:
            self._known[key] = self._made(passage)
        if theme:
            self._themes.setdefault(key, {})[theme] = None
        return self._known[key]

    def quotable(self, passage: Passage) -> bool:
        """Whether words of a passage may be shown; it is not cited by asking."""
        return self._shown and not self._left_out(passage) and self._allowed(passage).permission != "paraphrase only"

    def _left_out(self, passage: Passage) -> bool:
        return passage.reference.casefold() in self._without

    @property
    def cited(self) -> list[tuple[Quotation, tuple[str, ...]]]:
        """All that was cited, each with the names of the themes it was cited under, in the order in which it was."""
        return [(one, tuple(self._themes.get(key, ()))) for key, one in self._known.items() if one is not None]

    def _turns(self, passage: Passage) -> list[Turn]:
        document = self._now.document_by_id[passage.document]
        if document.id not in self._turns_of:
            turns = self._now.turns_by_document.get(document.id, ())
            self._turns_of[document.id] = [turn for turn in turns if turn.text == document.text]
        return self._turns_of[document.id]

    def _allowed(self, passage: Passage) -> Allowed:
        document = self._now.document_by_id[passage.document]
        people = self._now.participant_by_id
        if not passage.placed:  # its span is one of an earlier text: anybody who speaks here may have said it
            heard = {turn.participant for turn in self._turns(passage) if turn.role != "interviewer"}
            return permission_for(document, [people[one] for one in heard if one is not None and one in people])
        return passage_permission(document, self._turns(passage), passage.span, people)

    def _made(self, passage: Passage) -> Quotation | None:
        document, turns = self._now.document_by_id[passage.document], self._turns(passage)
        told = self._allowed(passage)
        allowed = told.permission
        if self._left_out(passage) or (self._beyond and (allowed == "paraphrase only" or not self._shown)):
            return None
        touched = (t for t in turns if t.participant and t.start < passage.span.end and passage.span.start < t.end)
        speaker = next((t.participant for t in touched), None) if passage.placed else None
        voice = self._voices.get(speaker or "") or Voice(label="", role=document.source_type or "participant")
        if allowed != "quote":
            voice = Voice(label="", role=voice.role)
        words = ""
        if self._shown and allowed != "paraphrase only":
            words = passage.words if self._longest is None else shortened(passage.words, self._longest)
        return Quotation(
            passage=passage,
            anchor=f"q_{len(self._known) + 1}" if self._beyond else f"c_{passage.codings[0]}"[:ANCHOR_LENGTH],
            reference=f"Q{sum(q is not None for q in self._known.values()) + 1}" if self._beyond else passage.reference,
            source=self._source(passage, voice, document.time_point),
            voice=voice,
            permission=allowed,
            recorded=told.recorded,
            words=words,
        )

    def _source(self, passage: Passage, voice: Voice, time_point: str) -> str:
        if not self._beyond and (voice.label or not passage.by):
            return passage.source
        kind = passage.source_type
        parts = [voice.label or f"{voice.role[:1].upper()}{voice.role[1:]}", "" if kind == voice.role else kind]
        if self._beyond:
            parts.append(f"{time_point} interview" if time_point else "")
        else:
            parts.append(passage.source.rpartition(", ")[2])
        return ", ".join(part for part in parts if part)


def quoted(one: Quotation, kind: Kind = "quotation", *, most: int | None = None, flagged: bool = True) -> Paragraph:
    """Return a quotation as a paragraph that leads to the annex; without words it asks for a paraphrase.

    Args:
        one: the quotation.
        kind: how the paragraph looks.
        most: characters of it; None for as many as the report allows.
        flagged: whether it says of a negative case of a code that it is one; below a finding, which it may well speak
            for, that would be misread.
    """
    source = [Text("\n"), Text(one.reference, to=one.anchor), Text(f"  {one.source}", "quiet")]
    if one.passage.negative and flagged:
        source += [Text(" · ", "quiet"), Text("negative case", "negative")]
    if not one.words:
        why = "may be paraphrased, not quoted" if one.permission == "paraphrase only" else "quotations are left out"
        return Paragraph(kind, (Text(f"[{why}: paraphrase to be written]", "quiet"), *source))
    words = one.words if most is None else shortened(one.words, most)
    return Paragraph(kind, (Text(f"“{words}”"), *source))
