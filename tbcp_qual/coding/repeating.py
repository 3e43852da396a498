"""Words that repeat a text: some in a row are a quotation of it, fewer anybody may say."""

from collections.abc import Container, Iterator

from tbcp_qual.coding.sought import words_of
from tbcp_qual.coding.spans import Span, union

RUN = 6
"""So many words in a row are a quotation."""

Run = tuple[str, ...]


def runs(text: str) -> Iterator[tuple[Run, Span]]:
    """Give each run of so many words, with where it stands."""
    words = list(words_of(text))
    for n in range(len(words) - RUN + 1):
        run = words[n : n + RUN]
        yield tuple(word for word, _ in run), Span(run[0][1].start, run[-1][1].end)


def repeated(text: str, said: Container[Run]) -> list[str]:
    """Return the stretches of a text that repeat what was said, as they stand there."""
    return [text[span.start : span.end] for span in union(span for run, span in runs(text) if run in said)]
