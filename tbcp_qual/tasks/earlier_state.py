"""What comes back with an earlier state, and what has to hold then: nothing is brought back that a rule forbids.

What others coded and wrote stays theirs. What is a matter of record stays: rounds, decisions, versions, searches,
exports. So do purged words, corrected texts and what people allow.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

from tbcp_qual.coding.clashes import clashes
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.placing import Places, placed
from tbcp_qual.coding.records import FORESTS, KINDS, TEXTS, Code, Coding, Document, Forward, Placement, Record
from tbcp_qual.coding.state import references
from tbcp_qual.store import Project
from tbcp_qual.tasks.naming import short_id
from tbcp_qual.tasks.telling import CALLED, Telling

Key = tuple[str, str]

STAYS = frozenset({"coder", "version", "round", "decision", "search", "export", "ruling", "sample"})
"""Kinds that say what was done or decided; no earlier state is without it."""
STAYS_SAID: dict[str, frozenset[str]] = {
    "project": frozenset({"data_controller", "lawful_basis", "destroy_by"}),
    "participant": frozenset({"permission", "archive", "withdrawn"}),
    "document": frozenset({"permission", "text"}),
}
"""Fields that an earlier state does not bring back: what people allow and the law asks, and texts since corrected."""
PARTS = frozenset({"turn", "forward", "placement"})
"""Kinds that are parts of the text of a document and come and go with it."""


class EarlierState:
    """Works out which records are to be otherwise, and puts right what would not hold together."""

    def __init__(self, project: Project, revision: str, coder: str, *, narrow: bool) -> None:
        """Look at a project as a coder.

        Args:
            project: which.
            revision: id of the last revision of the state that is to come back.
            coder: id of whoever asks.
            narrow: whether only some records are to come back, beside others as they are now.
        """
        self._project, self.revision, self._coder, self._narrow = project, revision, coder, narrow
        self._latest = project.history(limit=1)[0].revision.id
        self.then: dict[Key, Record | None] = {}
        self.now: dict[Key, Record | None] = {}
        self._last_known: dict[Key, Record] = {}
        self._emptied = project.purged().texts
        self._snapshot = project.snapshot(coder, [])
        self.telling = Telling(project, self._snapshot)
        self.wanted: dict[Key, Record | None] = {}
        """What is to be otherwise; None for what is to go."""
        self.left: dict[Key, str] = {}
        """What stays as it is, or nearly so, and why."""
        self.others: Counter[tuple[str, str]] = Counter()
        """By the name of a coder and a kind: what was otherwise then, and is theirs."""

    # -- what was, and what is

    def fetch(self, keys: Iterable[Key]) -> None:
        """Get to know records as they were and as they are."""
        new = [key for key in set(keys) if key not in self.then]
        if not new:
            return
        then = self._project.earlier(self._coder, self.revision, new)
        now = self._project.earlier(self._coder, self._latest, new)
        for key in new:
            self.then[key] = then[key].record if key in then and then[key].exists else None
            self.now[key] = now[key].record if key in now and now[key].exists else None
            if key in now:
                self._last_known[key] = now[key].record

    def lies_in(self, key: Key, document: str) -> bool:
        """Whether a record lies, or lay, in a document."""
        return any(getattr(r, "document", None) == document for r in (self.then[key], self.now[key]) if r)

    def lies_as_it_did(self, key: Key) -> bool:
        """Whether a part of a text is, and was, on the same stretch of the same text."""
        both = [cast("Any", record) for record in (self.then[key], self.now[key])]
        return None not in both and len({(r.text, r.head, r.start, r.end) for r in both if key[0] == "turn"}) == 1

    def is_own(self, key: Key) -> bool:
        """Whether a record is, and was, this coder's, or nobody's."""
        coders = {getattr(r, "coder") for r in (self.then[key], self.now[key]) if r and hasattr(r, "coder")}  # noqa: B009
        return coders <= {self._coder}

    def called(self, key: Key) -> str:
        """Return what a record is called, with its kind."""
        known = self._last_known.get(key) or self.then.get(key)
        return f"{CALLED.get(key[0], key[0])} {self.telling.record(known) if known else short_id(key[1])}"

    def _final(self, key: Key) -> Record | None:
        return self.wanted[key] if key in self.wanted else self.now[key]

    # -- what is wanted

    def want(self, scope: Iterable[Key]) -> None:
        """Want records as they were, as far as that can be."""
        self.fetch(scope)
        for key in sorted(scope, key=lambda k: (list(KINDS).index(k[0]), k[1])):
            if self.then[key] == self.now[key]:
                continue
            if not self.is_own(key):
                self.others[self._whose(key), key[0]] += 1
            elif key[0] not in STAYS:
                self._want(key)
        if not self._narrow:
            self._keep_parts_of_corrected_texts()
        while self._put_right():
            pass

    def _whose(self, key: Key) -> str:
        record: Any = self.now[key] or self.then[key]
        return self.telling.reference("coder", record.coder)

    def _want(self, key: Key) -> bool:
        """Want a record as it was; say whether that is otherwise than it is."""
        then, now = self.then[key], self.now[key]
        if then is not None:
            last = self._last_known.get(key)
            stays = STAYS_SAID.get(key[0], frozenset()) - (frozenset({"text"}) if now is None else frozenset())
            if last is not None and stays:
                then = replace(then, **{name: getattr(last, name) for name in stays})
            for name in TEXTS.get(key[0], ()):
                if getattr(then, name) in self._emptied and (now is None or getattr(now, name) != getattr(then, name)):
                    self.left[key] = "its words were purged"
                    return False
        if then == now:
            return False
        self.wanted[key] = then
        return True

    def _keep_parts_of_corrected_texts(self) -> None:
        """Leave the turns of texts that stay as they are, and the ways between texts, unless the document comes or goes."""
        parts = [key for key in self.wanted if key[0] in PARTS]
        documents = {key: ("document", self._document_of(key)) for key in parts}
        self.fetch(set(documents.values()))
        for key, document in documents.items():
            then, now = self.then[document], self.now[document]
            if then is None or now is None:
                if document not in self.wanted:
                    self._leave(key, "its document stays as it is")
            elif key[0] != "turn" or getattr(then, "text") != getattr(now, "text"):  # noqa: B009
                self._leave(key, "its text was corrected since")

    def _document_of(self, key: Key) -> str:
        record: Any = self.then[key] or self.now[key]
        return str(record.document)

    def _leave(self, key: Key, reason: str) -> bool:
        """Let a record stay as it is, and with a document or a turn all parts of that text."""
        if key in self.wanted:
            del self.wanted[key]
            self.left[key] = reason
        if key[0] in ("document", "turn"):
            document = key[1] if key[0] == "document" else self._document_of(key)
            for part in [k for k in self.wanted if k[0] in PARTS and self._document_of(k) == document]:
                del self.wanted[part]
                self.left[part] = "it belongs to what stays as it is"
        return True

    # -- what has to hold

    def _put_right(self) -> bool:
        """Mend the first thing that would not hold; False where all does."""
        return (
            self._in_use()
            or self._without_what_it_names()
            or self._in_a_circle()
            or (self._narrow and self._of_a_name_that_is_taken())
            or self._not_placed()
            or self._excluded()
        )

    def _in_use(self) -> bool:
        """Leave what would go while something still names it; such a code is retired instead."""
        going = [key for key, record in self.wanted.items() if record is None]
        mended = False
        for key, namers in self._project.naming(going).items():
            self.fetch(namers)
            still = [n for n in sorted(namers) if n not in self.wanted or key in self._named(self.wanted[n])]
            if not still or key not in self.wanted:
                continue
            now = self.now[key]
            if isinstance(now, Code):
                self.wanted[key] = replace(now, retired=True)
                self.left[key] = "it is in use, and retired instead"
                if now.retired:
                    del self.wanted[key]
            else:
                self._leave(key, f"a {CALLED.get(still[0][0], still[0][0])} refers to it")
            mended = True
        return mended

    def _named(self, record: Record | None) -> set[Key]:
        return references(record) if record is not None else set()

    def _without_what_it_names(self) -> bool:
        """Bring back with a record what it names; leave it where that cannot be."""
        named = {(key, to) for key, record in self.wanted.items() for to in self._named(record)}
        self.fetch(to for _, to in named)
        mended = False
        for key, to in sorted(named):
            if key not in self.wanted or self._final(to) is not None:
                continue
            mended = True
            if to in self.wanted:
                self._leave(to, "what comes back refers to it")
            elif not self._can_bring(to) or not self._want(to):
                self._leave(key, f"the {CALLED.get(to[0], to[0])} it belongs to is gone")
        return mended

    def _can_bring(self, key: Key) -> bool:
        """Whether what something else needs can come back with it; a text comes back as a whole or not at all."""
        if self.then[key] is None or key in self.left or key[0] in STAYS:
            return False
        return self.is_own(key) and not (self._narrow and key[0] in (*PARTS, "document"))

    def _in_a_circle(self) -> bool:
        """Leave a code or question where it is, if its old place lies below it by now."""
        for kind, fields in FORESTS.items():
            mine = [key for key, record in self.wanted.items() if key[0] == kind and record is not None]
            if not mine:
                continue
            records = {r.id: r for r in self._project.records(kind)}
            records.update({record: r for (of, record), r in self.wanted.items() if of == kind and r is not None})
            for field in fields:
                for key in mine:
                    node, seen = getattr(records[key[1]], field), {key[1]}
                    while node is not None and node not in seen:
                        seen.add(node)
                        node = getattr(records[node], field) if node in records else None
                    now = self.now[key]
                    if node == key[1]:
                        stay = getattr(now, field) if now is not None else None
                        self.wanted[key] = replace(self.wanted[key], **{field: stay})  # type: ignore[type-var]
                        self.left[key] = "its old place lies below it now; it stays where it is"
                        if self.wanted[key] == now:
                            del self.wanted[key]
                        return True
        return False

    def _of_a_name_that_is_taken(self) -> bool:
        """Leave a code whose old name a code beside it has by now."""
        codes = {code.id: code for code in self._project.records("code")}
        codes.update({r.id: r for r in self.wanted.values() if isinstance(r, Code)})
        taken = Counter((code.parent, code.name.casefold()) for code in codes.values() if not code.retired)
        for key, record in self.wanted.items():
            if not isinstance(record, Code) or record.retired or taken[record.parent, record.name.casefold()] < 2:
                continue
            now = self.now[key]
            if not isinstance(now, Code) or (now.parent, now.name, now.retired) != (record.parent, record.name, False):
                return self._leave(key, "a code of that name is there by now")
        return False

    def _not_placed(self) -> bool:
        """Leave codings, memos and marks on a text that leads to no text in use."""
        places = self._places()
        mended = False
        for key, record in list(self.wanted.items()):
            text, document = getattr(record, "text", ""), getattr(record, "document", None)
            if key[0] in PARTS or not text or document is None:
                continue
            self.fetch([("document", document)])
            lies_in: Any = self._final(("document", document))
            if lies_in is None or lies_in.text == text or places.span(cast("Any", record), lies_in.text) is not None:
                continue
            now: Any = self.now[key]
            if now is None or now.text != text:
                mended = self._leave(key, "the text it lay on is in use no more")
        return mended

    def _places(self) -> Places:
        """Return the ways between texts, those that come back too."""
        forwards, placements = self._project.records("forward"), self._project.records("placement")
        forwards += [record for record in self.wanted.values() if isinstance(record, Forward)]
        placements += [record for record in self.wanted.values() if isinstance(record, Placement)]
        return Places(forwards, placements)

    def _excluded(self) -> bool:
        """Leave codings, or what codes exclude, where two codes would come to exclude each other on the same words."""
        mine = {key for key in self.wanted if key[0] == "coding"}
        codes = {
            key
            for key, record in self.wanted.items()
            if isinstance(record, Code) and self._excludes(record) != self._excludes(self.now[key])
        }
        if not (mine or codes) or not any(code.domain for code in self._codebook_then().by_id.values()):
            return False
        everybody = {coder.id for coder in self._project.records("coder")}
        documents = {cast("Coding", self.then[key] or self.now[key]).document for key in mine}
        coded = self._coded(everybody, None) if codes else self._coded({self._coder}, documents)
        before = {(clash.first.id, clash.second.id) for clash in clashes(coded, self._snapshot.codebook)}
        mended = False
        for clash in clashes(self._coded_then(coded), self._codebook_then()):
            if (clash.first.id, clash.second.id) in before:
                continue
            pair = [("coding", clash.first.id), ("coding", clash.second.id)]
            if any(key in self.left for key in pair):
                continue
            here = [key for key in pair if key in mine and (self._narrow or codes)]
            there = [
                ("code", coding.code) for coding in clash[1:] if ("code", coding.code) in codes & self.wanted.keys()
            ]
            if here:
                mended = self._leave(here[0], "a code that excludes it is on the same words by now")
            elif there:
                mended = self._leave(there[0], "it would exclude codes on the same words")
        return mended

    def _coded(self, coders: Iterable[str], documents: Iterable[str] | None) -> list[Coding]:
        """Return all codings of some coders in some documents, or in all; each sees their own."""
        return [c for coder in coders for c in self._project.snapshot(coder, documents).codings if c.coder == coder]

    def _coded_then(self, coded: Iterable[Coding]) -> list[Coding]:
        """Return codings as they would be, on the texts that would be in use."""
        documents: dict[str, Document] = {document.id: document for document in self._project.records("document")}
        documents.update({r.id: r for r in self.wanted.values() if isinstance(r, Document)})
        back = [record for record in self.wanted.values() if isinstance(record, Coding)]
        stay = [coding for coding in coded if ("coding", coding.id) not in self.wanted]
        return [*stay, *placed(back, documents, self._places())]

    def _codebook_then(self) -> Codebook:
        """Return the codes as they would be; one that would go is in no use."""
        codes = {code.id: code for code in self._snapshot.codes}
        codes.update({record.id: record for record in self.wanted.values() if isinstance(record, Code)})
        return Codebook(codes.values())

    def _excludes(self, record: Record | None) -> tuple[str, str | None]:
        return (record.domain, record.merged_into) if isinstance(record, Code) else ("", None)
