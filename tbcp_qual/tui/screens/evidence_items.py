"""What stands beside a row of the board of evidence: an answer, a finding with what it rests on, a theme, triangulation."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from tbcp_qual.analysis.confidence import RULE
from tbcp_qual.analysis.evidence import Board, FindingLine, ThemeLine
from tbcp_qual.analysis.passages import Passage as Said
from tbcp_qual.analysis.triangulation import Triangulated
from tbcp_qual.coding.counting import some
from tbcp_qual.coding.records import Answer, Question
from tbcp_qual.tui.screens.evidence_rows import HEADINGS, MOST, SIGNS, Told, dots
from tbcp_qual.tui.screens.matrix_cell import about
from tbcp_qual.tui.widgets.passages import Passage

Keyed = Callable[[str], str]
"""Puts the keys that are in force where a text has the ids of their bindings in braces."""

FOR, AGAINST, KIND = "for:", "against:", "source type:"
"""What an item stands for, before the reference of a passage or the name of a source type."""


def answer_items(of: Told, question: Question, answer: Answer | None, board: Board, keyed: Keyed) -> list[Passage]:
    """Return all that is said of an answer."""
    items = [Passage(key="question", label=f"question {question.key}", body=question.text, quiet=True)]
    if answer is not None and answer.words:
        who = of.coder(answer.coder)
        sure = dots(answer.confidence) or "confidence not judged"
        items.append(Passage(key="answer", label="answer", note=f"{sure} · {who}, {answer.at[:10]}", body=answer.words))
        if answer.caveats:
            items.append(Passage(key="caveats", label="caveats", body=answer.caveats))
    else:
        items.append(Passage(key="answer", label="no answer yet", note=keyed("{evidence.answer} answers")))
    if question is board.question:
        said = "\n".join(t.in_words for t in board.asked)
        items.append(Passage(key="asked", label="who speaks to its themes", body=said, quiet=True))
    return items


def finding_items(of: Told, line: FindingLine, keyed: Keyed) -> list[Passage]:
    """Return all that is said of a finding: how sure, why, what speaks for it and what against."""
    finding = line.finding
    keys = ", ".join(q.key for q in line.questions) or "no question"
    themes = ", ".join(theme.name for theme in line.themes) or "no theme"
    items = [
        Passage(
            key="statement",
            label=f"F{finding.key} · {finding.status} · {keys} · {themes}",
            note=dots(finding.confidence),
            body=finding.statement,
        )
    ]
    if finding.confidence:
        why = "\n".join(f"{name}: {getattr(finding, name)}" for name in HEADINGS if getattr(finding, name))
        items.append(
            Passage(key="why", label=f"judged {finding.confidence} by {of.coder(finding.judged_by)}", body=why)
        )
    if not of.reflexive:
        proposed = line.proposal.confidence or "nothing"
        items.append(Passage(key="rule", label=f"the rule proposes {proposed}", body=line.proposal.why, quiet=True))
    brings = keyed("{evidence.for} brings one forward")
    items.append(Passage(key="", label=f"for it: {_passages(len(line.supporting))}", note=brings))
    items += [_quoted(FOR, "+", passage) for passage in line.supporting]
    brings = keyed("{evidence.against} brings one forward")
    items.append(Passage(key="", label=f"against it: {_cases(len(line.negative))}", note=brings))
    for case in line.negative:
        open_yet = keyed("not explained yet · {evidence.explain} explains it")
        explained = f"explained: {case.explained}" if case.explained else open_yet
        items.append(_quoted(AGAINST, "−", case.passage, after=explained))
    items += [
        Passage(key=f"{FOR}{lost}", label=f"{lost}: cited once, and under no theme any more", sign="!", quiet=True)
        for lost in line.lost
    ]
    items += _accounts(line)
    looked = "\n".join(
        f"{search.at[:10]} {of.coder(search.coder)}: {search.hits} found; {search.purpose}" for search in line.searches
    )
    items.append(
        Passage(
            key="searches",
            label=f"looked for negative cases {len(line.searches)}×",
            body=looked or keyed("Nobody has yet: {evidence.look} looks, and keeps in the record that it was done."),
            quiet=True,
        )
    )
    if not of.reflexive:
        items.append(Passage(key="how", label="the rule", body=RULE, quiet=True))
    return items


def _accounts(line: FindingLine) -> Iterator[Passage]:
    several = {family: types for family, types in line.accounts.items() if len(types) > 1}
    if several:
        said = "; ".join(f"{family} ({', '.join(types)})" for family, types in several.items())
        yield Passage(key="accounts", label="accounts of one family, which count as one", body=said, quiet=True)


def theme_items(of: Told, line: ThemeLine, keyed: Keyed) -> list[Passage]:
    """Return what speaks to a theme."""
    said = "\n".join(t.in_words for t in line.tallies if t.passages) or "nobody yet"
    items = [
        Passage(key="theme", label="theme", note=keyed("{evidence.new} states a finding"), body=line.theme.definition),
        Passage(key="who", label="who speaks to it", body=said, quiet=True),
    ]
    passages = of.passages.get(line.theme.id, ())
    items += [_quoted(FOR, "−" if p.negative else "·", p) for p in passages[:MOST]]
    if len(passages) > MOST:
        items.append(
            Passage(key="", label=f"… and {len(passages) - MOST:,} more: {keyed('{mode.F}')} retrieves them all")
        )
    return items


def offered(of: Told, line: FindingLine, *, negative: bool) -> list[Passage]:
    """Return the passages that can be brought forward for a finding: those under its themes, or under any.

    Against it, what was coded as a negative case comes first.
    """
    bearing = {coding: "is for" for passage in line.supporting for coding in passage.codings}
    bearing |= {coding: "is against" for case in line.negative for coding in case.passage.codings}
    there = "is against" if negative else "is for"
    found: dict[tuple[str, int, int], Said] = {}
    for theme in line.finding.themes or of.passages:
        for passage in of.passages.get(theme, ()):
            found.setdefault((passage.document, *passage.span), passage)
    said = {place: next((bearing[c] for c in p.codings if c in bearing), "") for place, p in found.items()}
    fresh = [(passage, said[place]) for place, passage in found.items() if said[place] != there]
    fresh.sort(key=lambda one: negative and not one[0].negative)
    return [
        replace(_quoted("", " ", passage), note=" · ".join(filter(None, ("negative" * passage.negative, bears))))
        for passage, bears in fresh
    ]


def triangulation_items(of: Told, found: Triangulated) -> list[Passage]:
    """Return how each source type bears on a finding or theme, and who judged so."""
    items = []
    for bearing in found.bearings:
        said = [f"{of.coder(j.coder)}: {j.verdict}{f' – {j.note}' if j.note else ''}" for j in bearing.judgements]
        if bearing.same_families:
            said.append(f"accounts of families of whom others speak too: {', '.join(bearing.same_families)}")
        state = bearing.verdict or (f"{bearing.open}" if bearing.judgements else f"proposed: {bearing.proposed}")
        sign = "≠" if bearing.open == "they differ" else SIGNS[bearing.verdict or bearing.proposed]
        items.append(
            Passage(
                key=f"{KIND}{bearing.source_type}",
                label=f"{bearing.source_type or 'no source type'} · {bearing.tally.in_words}",
                note=state,
                body="\n".join([f"the codings propose {bearing.proposed}: {bearing.why}", *said]),
                sign=sign if len(sign) == 1 else "·",
            )
        )
    return items


def _quoted(what: str, sign: str, passage: Said, *, after: str = "") -> Passage:
    return Passage(
        key=f"{what}{passage.reference}",
        label=f"{passage.reference} {passage.source_type}{about(passage)}",
        note="negative" if passage.negative else "",
        body=f"{passage.words}\n{after}" if after else passage.words,
        sign=sign,
    )


def _passages(number: int) -> str:
    return some(number, "passage") if number else "no passage yet"


def _cases(number: int) -> str:
    return some(number, "negative case") if number else "no negative case"
