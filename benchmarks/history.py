"""The history of 100,000 acts: the latest, by document, code, branch, kind and day, one act, and earlier states.

Run: `uv run python benchmarks/history.py`. The peer is reading the whole journal once.
"""

import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from big_project import many_documents_project
from measuring import report, seconds

from tbcp_qual.coding.changes import Change, create, remove, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Code, Coding, Memo, Turn
from tbcp_qual.store import Project
from tbcp_qual.tasks.history import show
from tbcp_qual.tasks.restoring import plan_all, plan_record

ACTS = 100_000


class Workers:
    """Two coders who code, write memos, and take codings away."""

    def __init__(self, project: Project) -> None:
        self._draw = random.Random(3)
        self._coders = [coder.id for coder in project.records("coder")]
        self._codes: list[Code] = project.records("code")
        self._turns: list[Turn] = project.records("turn")
        self._made: list[Coding] = []

    def act(self, coder: str) -> tuple[str, Change]:
        """Return what is done next."""
        what, draw = self._draw.random(), self._draw
        if what < 0.8 or not self._made:
            turn = draw.choice(self._turns)
            coding = Coding(
                id=new_id(), document=turn.document, text=turn.text, start=turn.start, end=turn.end,
                code=draw.choice(self._codes).id, coder=coder,
            )  # fmt: skip
            self._made.append(coding)
            return "coded", create(coding)
        if what < 0.9:
            place = draw.randrange(len(self._made))
            before, memo = self._made[place], f"memo {draw.random()}"
            self._made[place] = replace(before, memo=memo)
            return "memo", update(before, memo=memo)
        if what < 0.95:
            return "removed", remove(self._made.pop(draw.randrange(len(self._made))))
        return "a memo", create(
            Memo(id=new_id(), coder=coder, body="words", document=draw.choice(self._turns).document)
        )

    def work(self, project: Project, acts: int) -> None:
        """Do so many acts."""
        project._db.execute("PRAGMA synchronous=OFF")
        for n in range(acts):
            coder = self._coders[n % 2]
            label, change = self.act(coder)
            project.apply(label, [change], coder=coder)


def main() -> int:
    """Print the figures; exit with 1 where a budget is missed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.tbcp"
        viewer = many_documents_project(path, documents=500, codings=0)
        with Project.open(path) as project:
            Workers(project).work(project, ACTS)
        with Project.open(path, read_only=True) as project:
            document, codes = project.records("document")[30].id, [code.id for code in project.records("code")]
            acts = [deed.revision for deed in project.history(limit=ACTS)]
            asked: dict[str, Callable[[], object]] = {
                "the latest 30": lambda: project.history(viewer=viewer, limit=30),
                "of a day": lambda: project.history(viewer=viewer, since="2000-01-01", limit=30),
                "of a kind": lambda: project.history(viewer=viewer, kinds=["memo"], limit=30),
                "of a document": lambda: project.history(viewer=viewer, document=document, limit=30),
                "of a code": lambda: project.history(viewer=viewer, codes=codes[:1], limit=30),
                "of all 60 codes": lambda: project.history(viewer=viewer, codes=codes, limit=30),
                "one act": lambda: show(project, acts[ACTS // 2].id, viewer=viewer),
                "one record, as 50,000 acts ago": lambda: plan_record(
                    project, acts[ACTS // 2].id, "coding", acts[0].changes[0].id, coder=acts[0].coder
                ),
                "all, as 100 acts ago": lambda: plan_all(project, acts[100].id, coder=viewer),
                "all, as 50,000 acts ago": lambda: plan_all(project, acts[ACTS // 2].id, coder=viewer),
            }
            took = {what: min(seconds(ask) for _ in range(3)) for what, ask in asked.items()}
            whole = seconds(lambda: project.revisions())
        for what, figure in took.items():
            print(f"  {what}: {1000 * figure:.0f} ms")
        worst = max(took[what] for what in ("of a kind", "of a document", "of a code"))
        print(f"the whole journal read once: {1000 * whole:.0f} ms")
        return not report("a filtered history, of reading the journal once", worst / whole, "times", limit=0.5)


if __name__ == "__main__":
    sys.exit(main())
