"""Which code of a file is meant by a name or a path in it."""

from tbcp_qual.coding.codebook import SEPARATOR, Codebook
from tbcp_qual.coding.records import Code


def code_named(book: Codebook, word: str) -> list[Code]:
    """Return the code of this path as it is written, else of the path it spells, else all codes of this name."""
    by_path: dict[str, Code] = {book.path(code.id).casefold(): code for code in book.by_id.values()}
    spelt = SEPARATOR.join(part.strip() for part in word.replace("›", ">").split(">"))
    for path in (word, spelt):
        if path.casefold() in by_path:
            return [by_path[path.casefold()]]
    named = word.casefold(), spelt.casefold()
    return [code for code in book.by_id.values() if code.name.casefold() in named]
