"""While a round is blind, no command that reads tells a coder what another has coded, thought or how much they did."""

import json
import shutil
from pathlib import Path
from zipfile import ZipFile

import click
import pytest

from tbcp_qual.cli import cli
from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import (
    Coder,
    Coding,
    Document,
    Item,
    Memo,
    Question,
    Rating,
    Round,
    Theme,
    Turn,
    rating_id,
)
from tbcp_qual.coding.spans import Span
from tbcp_qual.coding.text import text_hash
from tbcp_qual.store import Project
from tests.cli.shell import Shell
from tests.cli.test_every_command import SINGLE
from tests.cli.test_reconcile_commands import lock_round, put
from tests.conftest import Sample

PLANTED = "plantedzephyr"
"""Stands in each memo of RM, and in the name of the code that RM alone has used."""

CODEBOOK = {
    "codes list", "codes show", "codebook diff", "codebook versions", "themes list", "codings find", "find",
    "rounds open", "rounds show", "rounds list", "rounds board", "rounds check", "history", "history show", "history restore", "merge", "conflicts",
    "export matrix", "export report",
}  # fmt: skip
"""Commands in which the name of a code may stand: the codebook is everybody's."""

ASKED: dict[str, list[list[str]]] = {
    "project": [[]],
    "documents about": [["P07"]],
    "documents list": [[]],
    "documents show": [["P07"]],
    "documents speakers": [[]],
    "documents unplaced": [[]],
    "cases list": [[]],
    "cases measures": [[]],
    "cases variables": [[]],
    "topics list": [[]],
    "topics propose": [[]],
    "topics table": [[]],
    "participants list": [[]],
    "participants flow": [[]],
    "coders list": [[]],
    "codebook versions": [[]],
    "codes list": [[]],
    "codes queue": [[]],
    "codes show": [["planted code"]],
    "themes list": [[]],
    "codings find": [[], ["--code", "planted code"]],
    "codings list": [[], ["--by", "RM"], ["--code", "planted code"], ["--document", "P07"]],
    "codings prompted": [[]],
    "memos list": [[]],
    "memos show": [["MEMO"]],
    "find": [[PLANTED], ["sat"], [PLANTED, "--in", "coding"], [PLANTED, "--in", "memo"], [PLANTED, "--in", "rating"]],
    "queries list": [[]],
    "queries log": [[]],
    "privacy check": [["--all"]],
    "privacy people": [[]],
    "rounds check": [[]],
    "rounds list": [[]],
    "rounds show": [[]],
    "rounds board": [[]],
    "rounds lock": [[]],
    "rounds result": [[]],
    "chart list": [[]],
    "chart next": [[]],
    "chart sources": [[]],
    "chart status": [[]],
    "findings list": [[]],
    "findings rule": [[]],
    "answers list": [[]],
    "audit items": [[]],
    "audit show": [["P07"]],
    "audit differences": [[]],
    "audit results": [[], ["--source-type", "parent"]],
    "audit agreement": [[]],
    "triangulation list": [[]],
    "logic list": [[]],
    "reconcile status": [[]],
    "reconcile review": [[]],
    "reconcile confusion": [[]],
    "reconcile list": [[]],
    "agreement": [[], ["--document", "P07"], ["--round", "1"], ["--unit", "overlap"]],
    "export matrix": [["OUT.docx"], ["OUT.docx", "--rows", "source-type"], ["OUT.docx", "--by", "RM"]],
    "export agreement": [["OUT.docx", "--round", "1"]],
    "export report": [["OUT.docx"]],
    "history": [["--last", "0"], ["--by", "RM"]],
    "history show": [["ACT"]],
    "history restore": [["ACT", "--all"]],
    "merge": [["COPY"]],
    "conflicts": [[]],
    "verify": [[]],
}
"""How each command that reads is asked here; capitals stand for what the fixture made."""

OF_NO_CODINGS = {
    "cases sample", "cases show", "sample list", "sample show", "sample check", "participants show", "codebook diff",
    "chart compare", "chart show", "findings show", "triangulation show", "reconcile show", "rounds compare",
    "rounds open", "rounds pack", "coders join", "documents import", "documents revise", "participants withdraw",
    "agreement data", "agreement spans", "keys", "codings code-speaker", "import summaries",
}  # fmt: skip
"""They want what is not in this project, read a file of anybody's, or print what they have just written themselves."""


def readers() -> set[str]:
    found = {path for path, command in SINGLE.items() if any("--json" in p.opts for p in command.params)}
    groups = {"agreement", "history"}
    return found | {name for name in groups if isinstance(cli.get_command(click.Context(cli), name), click.Group)}


def test_every_command_that_reads_is_asked_here_or_said_to_tell_of_no_codings() -> None:
    assert set(ASKED) & OF_NO_CODINGS == set()
    assert readers() - set(ASKED) - OF_NO_CODINGS == set()


class Blind:
    """A blind round in which RM has worked, with a copy in which RM did more, and a conflict on RM's memo."""

    def __init__(self, sample: Sample, folder: Path) -> None:
        self.sample, self.path = sample, sample.path
        project = sample.project
        question = Question(id=new_id(), key="1", text="Did it help?")
        codes = (sample.mistrust.id, sample.key_worker.id)
        theme = Theme(id=new_id(), name="All", codes=codes, questions=(question.id,))
        renamed = update(sample.mistrust, name="planted code")
        project.apply("renamed", [renamed, create(question), create(theme)], coder="")
        mine = edits.apply_code(
            [],
            project.snapshot("").codebook,
            document=sample.document,
            span=Span(80, 90),
            code=sample.key_worker,
            coder=sample.ak.id,
        )
        project.apply("coded", mine, coder=sample.ak.id)
        made = Round(
            id=new_id(),
            name="1",
            documents=(sample.document.id,),
            coders=(sample.ak.id, sample.rm.id),
            unit="turn",
            statistic="krippendorff_alpha",
        )
        project.apply("round opened", [create(made), create(Coder(id=new_id(), name="TS"))], coder="")
        self.coding = self._coded(project, f"{PLANTED} memo")
        self.memo = Memo(id=new_id(), coder=sample.rm.id, title=PLANTED, body=PLANTED, document=sample.document.id)
        self.act = project.apply(f"memo {PLANTED}", [create(self.memo)], coder=sample.rm.id).id  # type: ignore[union-attr]
        item = Item(id=new_id(), key="A1", text="Somebody asked.", levels=("no", "yes"))
        rating = Rating(
            id=rating_id(item.id, sample.document.id, sample.rm.id),
            item=item.id,
            document=sample.document.id,
            coder=sample.rm.id,
            level="yes",
            words=PLANTED,
        )
        project.apply("rated", [create(item), create(rating)], coder=sample.rm.id)
        project.apply("read", edits.review(sample.turns[1], sample.rm.id), coder=sample.rm.id)
        project.apply(
            "done", edits.mark_done(None, document=sample.document.id, coder=sample.rm.id), coder=sample.rm.id
        )
        self.copy = folder / "copy.tbcp"
        shutil.copy(self.path, self.copy)
        with Project.open(self.copy) as copy:
            copy.apply("memo", [update(self.coding, memo=f"{PLANTED} there")], coder=sample.rm.id)
            self._coded(copy, f"{PLANTED} more")
        project.apply("memo", [update(self.coding, memo=f"{PLANTED} here")], coder=sample.rm.id)
        project.index()

    def _coded(self, project: Project, memo: str) -> Coding:
        sample = self.sample
        made = Coding(
            id=new_id(),
            document=sample.document.id,
            text=sample.document.text,
            start=40,
            end=50,
            code=sample.mistrust.id,
            coder=sample.rm.id,
            memo=memo,
        )
        project.apply(f"coded as planted code {memo}", [create(made)], coder=sample.rm.id)
        return made


@pytest.fixture
def blind(sample: Sample, tmp_path: Path) -> Blind:
    return Blind(sample, tmp_path)


@pytest.fixture
def asked(blind: Blind, shell: Shell) -> Shell:
    """As AK, with the conflict on RM's memo brought in by TS."""
    assert shell("merge", blind.copy, coder="TS") == 1
    return shell


def filled(arguments: list[str], blind: Blind) -> list[str]:
    stands_for = {"MEMO": blind.memo.id, "ACT": blind.act, "COPY": str(blind.copy)}
    return [stands_for.get(a, str(blind.path.with_name("OUT.docx")) if a == "OUT.docx" else a) for a in arguments]


@pytest.mark.parametrize(
    ("path", "arguments"), [(path, arguments) for path, asked_of in ASKED.items() for arguments in asked_of]
)
def test_no_command_tells_what_another_coded(asked: Shell, blind: Blind, path: str, arguments: list[str]) -> None:
    for form in (["--json"], []):
        asked(*path.split(), *filled(arguments, blind), *form)
        said = asked.out + asked.err
        for typed in arguments:
            said = said.replace(f"“{typed}”", "").replace(f'"sought": "{typed}"', "")
        assert blind.coding.id not in said, form
        assert PLANTED not in said, form
        if path not in CODEBOOK:
            assert "planted code" not in said, form
    out = blind.path.with_name("OUT.docx")
    if out.exists():
        with ZipFile(out) as word:
            text = word.read("word/document.xml").decode()
        assert "Key worker" in text
        assert PLANTED not in text
        if path == "export matrix":
            assert text.count("planted code") <= 1  # where the codes of the theme are named


def test_counts_tell_nothing_either(asked: Shell, blind: Blind) -> None:
    codes = {code["name"]: code for code in asked.json("codes", "list")}
    assert codes["planted code"]["codings"] == 0
    assert asked.json("audit", "results")["files"] == 0
    (document,) = asked.json("documents", "list")
    assert (document["codings"], document["done_by"]) == (1, ["RM"])
    assert {coder["name"]: coder["codings"] for coder in asked.json("coders", "list")}["RM"] == 0
    places = {place["coder"]: place for place in asked.json("rounds", "board")[0]["places"]}
    assert (places["RM"]["state"], places["RM"]["reviewed"]) == ("done", None)


def test_a_merge_tells_that_others_work_came_and_not_how_much(blind: Blind, shell: Shell) -> None:
    report = shell.json("merge", blind.copy)
    assert report["withheld"] is True
    assert report["by_coder"] == {}
    assert "coding" not in report["changed"]
    assert report["conflicts"] == []
    assert PLANTED not in json.dumps(report)
    assert shell.json("merge", blind.copy, coder="TS", code=1)["revisions"] == 0
    assert len(shell.json("conflicts", coder="TS", code=1)) == 1
    assert shell.json("conflicts") == []
    assert shell("conflicts", "--settle", "1") == 2


def test_once_it_is_locked_all_of_it_is_told(asked: Shell) -> None:
    assert asked("documents", "done", "P07") == 0
    assert asked("rounds", "lock") == 0
    assert {coding["coder"] for coding in asked.json("codings", "list")} == {"AK", "RM"}
    assert len(asked.json("conflicts", code=1)) == 1
    assert asked.json("audit", "results")["items"][0]["counts"]["yes"] == 1


OF_A_LOCKED_ROUND = [
    ["agreement", "--round", "0"],
    ["agreement", "--round", "0", "--unit", "overlap"],
    ["agreement", "--round", "0", "--per", "document"],
    ["rounds", "result", "0"],
    ["rounds", "compare", "0", "00", "--of", "RM"],
    ["reconcile", "list", "0"],
    ["reconcile", "status", "0"],
    ["reconcile", "review", "0"],
    ["reconcile", "confusion", "0"],
    ["export", "agreement", "OUT.docx", "--round", "0"],
]
"""What tells of a round that is locked; RM alone has used the planted code in it."""


def test_of_a_locked_round_nothing_is_told_of_what_another_round_keeps_blind(blind: Blind, shell: Shell) -> None:
    sample, words = blind.sample, "K03: The visits were kept up.\n"
    ak, rm = sample.ak.id, sample.rm.id
    other = Document(id=new_id(), name="K03", text=text_hash(words))
    turn = Turn(id=new_id(), document=other.id, text=other.text, start=5, end=len(words) - 1, role="participant")
    both = (other.id, sample.document.id)
    rounds = [
        Round(id=new_id(), name=n, documents=both, coders=(ak, rm), unit="turn", statistic="krippendorff_alpha")
        for n in ("0", "00")
    ]
    with Project.open(blind.path) as project:
        project.apply("more", [create(record) for record in (other, turn, *rounds)], coder="", texts=[words])
        for coder in (ak, rm):
            put(project, coder, sample.key_worker, other.id, "The visits")
            for document in both:
                known = next((d for d in project.records("done") if (d.document, d.coder) == (document, coder)), None)
                project.apply("done", edits.mark_done(known, document=document, coder=coder), coder=coder)
        for made in rounds:
            lock_round(project, made)
    for arguments in OF_A_LOCKED_ROUND:
        for form in (["--json"], []):
            shell(*filled(arguments, blind), *form)
            assert PLANTED not in shell.out + shell.err
            assert "planted code" not in shell.out + shell.err, arguments
    with ZipFile(blind.path.with_name("OUT.docx")) as word:
        assert "planted code" not in word.read("word/document.xml").decode()
    assert "planted code" not in blind.path.with_name("OUT units.csv").read_text()
    told = shell.json("agreement", "--round", "0")
    assert (told["pairs"][0]["documents"], told["blind"]) == (["K03"], ["P07"])
    assert shell("agreement", "--round", "0") == 0
    assert "In another blind round that is not locked, and not compared: P07." in shell.out
    told = shell.json("agreement", "--round", "0", coder="TS")
    assert (sorted(told["pairs"][0]["documents"]), told["blind"]) == (["K03", "P07"], [])
