"""The codebook as a tree: paths, branches, order, and the forwards of merged codes."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from tbcp_qual.coding.records import Code, Question, Theme
from tbcp_qual.errors import UsageError

SEPARATOR = " > "


class Codebook:
    """A view of the codes of a project; codes themselves are frozen."""

    def __init__(self, codes: Iterable[Code]) -> None:
        self.by_id: Mapping[str, Code] = {code.id: code for code in codes}

    @cached_property
    def children(self) -> dict[str | None, list[Code]]:
        """The codes right below each code, and below None the top ones; in their order; retired ones included."""
        below: dict[str | None, list[Code]] = {}
        for code in self.by_id.values():
            parent = code.parent if code.parent in self.by_id else None
            below.setdefault(parent, []).append(code)
        for siblings in below.values():
            siblings.sort(key=lambda code: (code.position, code.name.casefold(), code.id))
        return below

    def walk(self, *, retired: bool = False, below: str | None = None) -> Iterator[tuple[int, Code]]:
        """Give depth and code, a parent before its children; retired codes only where asked for."""
        stack = [(0, code) for code in reversed(self.children.get(below, []))]
        while stack:
            depth, code = stack.pop()
            if code.retired and not retired:
                continue
            yield depth, code
            stack.extend((depth + 1, child) for child in reversed(self.children.get(code.id, [])))

    def current(self, code_id: str) -> Code:
        """Follow the forwards of merged codes to the code that stands for this one today."""
        code = self.by_id[code_id]
        seen = {code.id}
        while code.merged_into and code.merged_into in self.by_id and code.merged_into not in seen:
            code = self.by_id[code.merged_into]
            seen.add(code.id)
        return code

    def ancestors(self, code_id: str) -> list[Code]:
        """Return the codes above, the nearest first."""
        above: list[Code] = []
        parent = self.by_id[code_id].parent
        while parent is not None and parent in self.by_id and len(above) <= len(self.by_id):
            above.append(self.by_id[parent])
            parent = self.by_id[parent].parent
        return above

    def branch(self, code_id: str) -> set[str]:
        """Return the ids of a code and of all below it, retired ones included."""
        found = {code_id}
        stack = [code_id]
        while stack:
            for child in self.children.get(stack.pop(), []):
                if child.id not in found:
                    found.add(child.id)
                    stack.append(child.id)
        return found

    def path(self, code_id: str) -> str:
        """Return the names from the top, joined by `>`."""
        names = [code.name for code in reversed(self.ancestors(code_id))]
        return SEPARATOR.join([*names, self.by_id[code_id].name])

    def colour(self, code_id: str) -> str:
        """Return the colour of a code, or of the nearest code above that has one; empty where none has."""
        for code in (self.by_id[code_id], *self.ancestors(code_id)):
            if code.colour:
                return code.colour
        return ""

    @cached_property
    def _by_path(self) -> dict[str, list[Code]]:
        named: dict[str, list[Code]] = {}
        for code in self.by_id.values():
            if not code.retired:
                named.setdefault(self.path(code.id).casefold(), []).append(code)
        return named

    @cached_property
    def _by_name(self) -> dict[str, list[Code]]:
        named: dict[str, list[Code]] = {}
        for code in self.by_id.values():
            if not code.retired:
                named.setdefault(code.name.casefold(), []).append(code)
        return named

    def find(self, name_or_path: str) -> Code:
        """Return the code of this path, else of this name; its id will do too. Upper and lower case are the same.

        Raises:
            UsageError: no code has that name, or several have.
        """
        wanted = SEPARATOR.join(part.strip() for part in name_or_path.replace("›", ">").split(">"))
        lists = (self._by_path.get(wanted.casefold()), self._by_name.get(name_or_path.strip().casefold()))
        found = next((codes for codes in lists if codes), [])
        if len(found) > 1:
            # Copies that were merged may hold two of one path: the spelling tells them apart, or else the id.
            found = [code for code in found if self.path(code.id) == wanted] or found
        if len(found) == 1:
            return found[0]
        if found:
            paths = {self.path(code.id) for code in found}
            hint = f"Give the path: {'; '.join(sorted(paths))}"
            if len(paths) < len(found):
                hint = f"Give the id: {'; '.join(sorted(code.id for code in found))}"
            raise UsageError(f"Several codes are called “{name_or_path}”.", hint)
        by_id = self.by_id.get(wanted)
        if by_id is not None and not by_id.retired:
            return by_id
        raise UsageError(f"No code is called “{name_or_path}”.", "`tbcp-qual codes list` lists the codes.")


def in_order(questions: Iterable[Question]) -> list[Question]:
    """Sort questions as they are asked, each before its sub-questions."""
    by_id = {question.id: question for question in questions}

    def place(question: Question) -> tuple[int, str, int, str]:
        top = by_id.get(question.parent or "", question)
        return (top.position, top.key, -1 if top is question else question.position, question.key)

    return sorted(by_id.values(), key=place)


def themes_of(themes: Iterable[Theme], question: Question, subquestions: Iterable[Question]) -> list[Theme]:
    """Return the themes that speak to a question or to one of its sub-questions, in their order."""
    asked = {question.id, *(sub.id for sub in subquestions if sub.parent == question.id)}
    return sorted((t for t in themes if asked & set(t.questions)), key=lambda t: (t.position, t.name))
