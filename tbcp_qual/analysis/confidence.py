"""How sure one may be of a finding: a rule that is stated proposes, and a named person judges.

The rule counts accounts that do not depend on each other: a parent, her key worker and her file count once.
"""

import re
from collections.abc import Collection, Iterable

from tbcp_qual.analysis.heard import Tally, families_of
from tbcp_qual.analysis.passages import Passage
from tbcp_qual.analysis.retrieval import from_wording
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.records import Confidence, Search
from tbcp_qual.errors import BadInput

HIGH_TYPES, HIGH_ACCOUNTS = 3, 5
MODERATE_TYPES, MODERATE_ACCOUNTS = 2, 3

RULE = (
    f"High: at least {HIGH_TYPES} source types and {HIGH_ACCOUNTS} accounts that do not depend on each other speak for "
    "it, negative cases were looked for (a search kept in the record), and each one found is explained. "
    f"Moderate: at least {MODERATE_TYPES} source types and {MODERATE_ACCOUNTS} such accounts, and fewer negative cases "
    "unexplained than accounts for it. Low: anything less. All that is said of one family is one account, and so is "
    "what somebody says of no family in particular. A source type counts where more of its passages speak for the "
    "finding than against it. A person may judge otherwise, and says why."
)
"""The rule in the words in which a report states it."""

OVERCLAIMING = re.compile(r"\b(impact(?:s|ed|ing|ful)?|attributable to|proves?d?|proven|effect size)\b", re.IGNORECASE)
"""What cannot be said without a comparison group; the words there are *change* and *promise*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the rule proposes, and from what."""

    confidence: Confidence
    """Empty where no passage speaks for the finding."""
    source_types: tuple[str, ...]
    """Those that agree."""
    accounts: int
    """Accounts for it that do not depend on each other: families, and voices that speak of none in particular."""
    families: tuple[str, ...]
    negative: int
    """Negative cases, in passages."""
    unexplained: int
    searches: int
    """Searches for negative cases that are kept in the record."""

    @property
    def why(self) -> str:
        """Say it in one line: `3 source types agree, 9 accounts (8 families), 2 negative cases, 1 unexplained`."""
        families = f"{len(self.families)} {'family' if len(self.families) == 1 else 'families'}"
        negative = f"{self.negative} negative {'case' if self.negative == 1 else 'cases'}"
        said = [
            f"{len(self.source_types)} source {'type agrees' if len(self.source_types) == 1 else 'types agree'}",
            f"{self.accounts} {'account' if self.accounts == 1 else 'accounts'} ({families})",
            negative
            + (f", {self.unexplained} unexplained" if self.unexplained else ", explained" * bool(self.negative)),
            f"looked for {self.searches}×" if self.searches else "nobody has looked for negative cases",
        ]
        return "; ".join(said)


def propose(
    supporting: Collection[Passage],
    negative: Collection[tuple[Passage, str]],
    *,
    tallies: Iterable[Tally],
    accounts: int,
    searches: int,
) -> Proposal:
    """Propose how sure one may be of a finding, by `RULE`.

    Args:
        supporting: the passages for it.
        negative: its negative cases, each with how it is explained.
        tallies: of the passages for it.
        accounts: how many accounts for it do not depend on each other.
        searches: how many searches for negative cases there are in the record.
    """
    per_type = {tally.source_type: tally.passages for tally in tallies}
    against: dict[str, int] = {}
    for passage, _ in negative:
        against[passage.source_type] = against.get(passage.source_type, 0) + 1
    agreeing = tuple(kind for kind, count in per_type.items() if count > against.get(kind, 0))
    unexplained = sum(not explained for _, explained in negative)
    confidence: Confidence = ""
    if supporting:
        confidence = "low"
        if len(agreeing) >= MODERATE_TYPES and accounts >= MODERATE_ACCOUNTS and unexplained < accounts:
            confidence = "moderate"
            if len(agreeing) >= HIGH_TYPES and accounts >= HIGH_ACCOUNTS and searches and not unexplained:
                confidence = "high"
    return Proposal(
        confidence=confidence,
        source_types=agreeing,
        accounts=accounts,
        families=families_of(supporting),
        negative=len(negative),
        unexplained=unexplained,
        searches=searches,
    )


def searches_for_negatives(searches: Iterable[Search], key: str, codes: Collection[str]) -> list[Search]:
    """Return the searches of the record that looked for negative cases of a finding.

    Such a search asks for negative cases, or says so in its purpose; and it names the finding there, or asks for one of
    the codes of its themes.

    Args:
        searches: those kept in the record.
        key: what the finding is called.
        codes: ids of the codes of its themes.
    """
    named = re.compile(rf"\bfinding {re.escape(key)}(?!\w)", re.IGNORECASE)
    found = []
    for search in searches:
        try:
            wanted = from_wording(search.wording)
        except BadInput:
            continue
        if wanted.negative or "negative" in search.purpose.casefold():
            asked = {*wanted.codes, *(code for relation in wanted.relations for code in relation.codes)}
            if named.search(search.purpose) or not asked.isdisjoint(codes):
                found.append(search)
    return found


def overclaims(text: str) -> list[str]:
    """Return the words of a statement that claim more than a study without a comparison group can.

    >>> overclaims("The programme had an impact on attachment")
    ['impact']
    """
    return [match.group() for match in OVERCLAIMING.finditer(text)]
