"""Short labels for codes, as they stand at the stripes: two to four letters, different for each code in use."""

from tbcp_qual.coding.codebook import Codebook

LONGEST = 4
_SMALL = {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "was", "us", "it"}


def short_labels(codebook: Codebook) -> dict[str, str]:
    """Return a short label for each code: initials, or the first letters, and a number where that is taken."""
    labels: dict[str, str] = {}
    taken: set[str] = set()
    for _, code in codebook.walk(retired=True):
        words = [w for w in "".join(c if c.isalnum() else " " for c in code.name.lower()).split() if w not in _SMALL]
        first = words[0] if words else "?"
        wanted = [first[:3]] if len(words) < 2 else ["".join(w[0] for w in words[:3]), first[:3]]
        wanted += [first[:LONGEST], first[:2] + words[-1][:2] if words else "?"]
        label = next((w for w in wanted if w not in taken), None)
        number = 2
        while label is None:
            numbered = f"{first[:2]}{number}"
            label = numbered if numbered not in taken else None
            number += 1
        taken.add(label)
        labels[code.id] = label
    return labels
