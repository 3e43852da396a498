"""`memos`: writing, listing, linking, editing and exporting notes from the command line."""

import io
import os
import re
import sys
import time
from pathlib import Path

import pytest

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Case, Memo, Round, Theme
from tbcp_qual.coding.spans import Span
from tbcp_qual.store import Project
from tests.cli.shell import PROGRAM, Shell
from tests.conftest import Sample


@pytest.fixture
def study(sample: Sample) -> Sample:
    """The sample with a case, a theme and a coding each by AK and RM."""
    project = sample.project
    project.apply(
        "made", [create(Case(id=new_id(), label="F07")), create(Theme(id=new_id(), name="Trust"))], coder=sample.ak.id
    )
    sample.coded = []
    for coder in (sample.ak, sample.rm):
        now = project.snapshot(coder.id)
        changes = edits.apply_code(
            [],
            now.codebook,
            document=sample.document,
            span=Span(40, 60),
            code=sample.listened,
            coder=coder.id,
        )
        project.apply("coded", changes, coder=coder.id)
        sample.coded.append(changes[0].id)
    return sample


def listed(shell: Shell, *filters: str, coder: str = "AK") -> list[str]:
    return [memo["about"] for memo in shell.json("memos", "list", *filters, coder=coder)]


EVERYWHERE = (
    ([], "the project"),
    (["--document", "p07"], "document P07"),
    (["--document", "P07", "--turn", "2"], "P07, parent, turn 2"),
    (["--document", "P07", "--quotation", "not for the form"], "P07, parent, turn 3"),
    (["--case", "f07"], "case F07"),
    (["--code", "mistrust"], "code Mistrust"),
    (["--theme", "trust"], "theme Trust"),
)


def test_a_memo_can_be_about_anything_and_is_found_by_it(study: Sample, shell: Shell) -> None:
    for where, _ in EVERYWHERE:
        assert shell("memos", "add", "words", *where) == 0, shell.err
    assert listed(shell) == [about for _, about in EVERYWHERE]
    assert listed(shell, "--on-project") == ["the project"]
    assert len(listed(shell, "--document", "P07")) == 3
    assert listed(shell, "--case", "F07") == ["case F07"]
    assert listed(shell, "--code", "Mistrust") == ["code Mistrust"]
    assert listed(shell, "--code", "Key worker") == []
    assert listed(shell, "--theme", "Trust") == ["theme Trust"]
    assert listed(shell, "--by", "RM") == []
    assert shell("memos", "list", "--by", "ZZ") == 2
    passage = next(m for m in shell.json("memos", "list") if m["about"].endswith("turn 3"))
    assert passage["words"] == "not for the form"
    assert shell("verify") == 0


@pytest.mark.parametrize(
    "where",
    [
        ["--document", "P07", "--case", "F07"],
        ["--turn", "2"],
        ["--document", "P07", "--turn", "9"],
        ["--document", "P07", "--quotation", "nobody said this"],
        ["--code", "nosuch"],
        ["--theme", "nosuch"],
        ["--coding", "nosuch"],
        ["--kind", "odd"],
    ],
)
def test_what_a_memo_cannot_be_about_is_refused(study: Sample, shell: Shell, where: list[str]) -> None:
    assert shell("memos", "add", "words", *where) == 2
    assert shell.json("memos", "list") == []


def test_kind_and_title_are_kept_and_shown(study: Sample, shell: Shell) -> None:
    assert shell("memos", "add", "line one\n\nline *two*", "--kind", "method-decision", "--title", "Why F07") == 0
    (memo,) = shell.json("memos", "list", "--kind", "method-decision")
    assert shell.json("memos", "list", "--kind", "reflexive") == []
    assert (memo["kind"], memo["title"], memo["body"]) == ("method decision", "Why F07", "line one\n\nline *two*")
    assert shell("memos", "show", memo["id"][-6:]) == 0
    assert shell.out.startswith("Why F07\nAK · method decision · on the project · ")
    assert shell.out.endswith("\n\nline one\n\nline *two*\n")
    assert shell.json("memos", "show", memo["id"]) == memo


def test_a_memo_is_read_from_stdin(study: Sample, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("wörds\r\nmore\x07".encode())))
    assert shell("memos", "add", "-") == 0
    assert shell.json("memos", "list")[0]["body"] == "wörds\nmore"


def test_without_words_and_without_a_terminal_nothing_is_written(
    study: Sample, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert shell("memos", "add") == 2
    assert shell("memos", "add", "-") == 2
    assert shell("memos", "add", " \n") == 2
    assert shell.json("memos", "list") == []


def test_codings_are_linked_and_unlinked_and_shown_with_their_words(study: Sample, shell: Shell) -> None:
    own, theirs = study.coded
    assert shell("memos", "add", "words", "--coding", own[-8:]) == 0
    (memo,) = shell.json("memos", "list")
    assert shell("memos", "link", memo["id"], theirs) == 0
    assert [c["coder"] for c in shell.json("memos", "show", memo["id"])["codings"]] == ["AK", "RM"]
    assert shell("memos", "show", memo["id"]) == 0
    assert "Being listened to · RM: “" in shell.out
    assert listed(shell, "--coding", theirs) == ["the project"]
    assert shell("memos", "unlink", memo["id"], theirs) == 0
    assert listed(shell, "--coding", theirs) == []
    assert shell("undo") == 0
    assert listed(shell, "--coding", theirs) == ["the project"]


def test_everybody_reads_a_memo_and_only_its_writer_changes_it(study: Sample, shell: Shell) -> None:
    assert shell("memos", "add", "words") == 0
    (memo,) = shell.json("memos", "list", coder="RM")
    for act in (["edit", memo["id"], "other"], ["link", memo["id"], study.coded[0]], ["delete", memo["id"]]):
        assert shell("memos", *act, coder="RM") == 5
    assert shell("memos", "edit", memo["id"], "other", "--kind", "reflexive") == 0
    assert shell("memos", "edit", memo["id"], "--title", "T") == 0
    changed = shell.json("memos", "show", memo["id"])
    assert (changed["body"], changed["kind"], changed["title"]) == ("other", "reflexive", "T")
    assert shell("memos", "delete", memo["id"]) == 0
    assert shell.json("memos", "list") == []
    for body in ("other", "other", "words"):
        assert shell("undo") == 0
        assert shell.json("memos", "show", memo["id"])["body"] == body


def test_no_act_on_a_memo_tells_its_words_in_the_history(study: Sample, shell: Shell) -> None:
    assert shell("memos", "add", "SECRET", "--title", "SECRET", "--document", "P07", "--turn", "2") == 0
    (memo,) = shell.json("memos", "list")
    assert shell("memos", "edit", memo["id"], "SECRET too") == 0
    assert shell("memos", "delete", memo["id"]) == 0
    assert shell("history") == 0
    assert "SECRET" not in shell.out
    assert "an analytic memo on P07, parent, turn 2" in shell.out


def test_a_memo_on_a_document_of_a_blind_round_is_nobody_elses_to_see(study: Sample, shell: Shell) -> None:
    with Project.open(study.path) as project:
        coders = (study.ak.id, study.rm.id)
        opened = Round(id=new_id(), name="1", documents=(study.document.id,), coders=coders)
        project.apply("round opened", [create(opened)], coder=study.ak.id)
    assert shell("memos", "add", "of RM", "--document", "P07", coder="RM") == 0
    assert shell("memos", "add", "on the project", "--coding", study.coded[1], coder="RM") == 0
    hidden = next(m["id"] for m in shell.json("memos", "list", coder="RM") if m["document"])
    (seen,) = shell.json("memos", "list")
    assert (seen["body"], seen["codings"]) == ("on the project", [])
    assert shell("memos", "show", hidden) == 2
    assert shell("memos", "add", "words", "--coding", study.coded[1]) == 2
    assert shell("memos", "export", study.path.with_name("m.md")) == 0
    assert "of RM" not in study.path.with_name("m.md").read_text(encoding="utf-8")


def test_the_export_holds_all_by_kind_and_takes_nothing_for_markdown_that_is_a_name(
    study: Sample, shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "memos.md"
    assert shell("memos", "export", file) == 0
    assert "There are none yet." in file.read_text(encoding="utf-8")
    body = "# Mine\n\n```\n# not a heading\n```\n## Below\n* a point\n```\nleft open"
    assert shell("memos", "add", "words", "--kind", "reflexive", "--title", "a *star* [x]") == 0
    assert shell("memos", "add", body, "--document", "P07", "--turn", "3", "--coding", study.coded[0]) == 0
    assert shell("memos", "export", file) == 0
    assert "2 memos" in shell.err
    text = file.read_text(encoding="utf-8")
    headings = [line for line in text.split("\n") if line.startswith("#")]
    assert headings == [
        "# Memos: Sample",
        "## Analytic memos",
        "### On P07, parent, turn 3",
        "#### Mine",
        "# not a heading",
        "##### Below",
        "## Reflexive memos",
        r"### a \*star\* \[x\]",
    ]
    assert "> “It was not for the form.”" in text
    assert "left open\n```\n" in text
    assert "- Being listened to (AK): “" in text
    with Project.open(study.path, read_only=True) as project:
        kept = project.records("export")
    assert [(e.what, e.audience, e.file) for e in kept] == [("memos", "team", "memos.md")] * 2


def test_an_export_that_cannot_be_written_leaves_no_record(study: Sample, shell: Shell, tmp_path: Path) -> None:
    assert shell("memos", "export", tmp_path / "nowhere" / "m.md") == 3
    with Project.open(study.path, read_only=True) as project:
        assert project.records("export") == []


class Editing:
    """Runs a command in a real pseudo-terminal, with an editor that writes what it is told."""

    def __init__(self, sample: Sample, folder: Path) -> None:
        self.sample, self.folder = sample, folder

    def __call__(self, *arguments: str, writes: str, also: str = "") -> str:
        import pty

        editor = self.folder / "editor.py"
        editor.write_text(
            "import sys, pathlib\n"
            f"file = pathlib.Path(sys.argv[-1])\n"
            f"(pathlib.Path({str(self.folder)!r}) / 'before').write_text(file.read_text() + oct(file.stat().st_mode))\n"
            f"file.write_text({writes!r})\nproject = {str(self.sample.path)!r}\n{also}\n"
        )
        process, terminal = pty.fork()
        if process == 0:
            os.environ["VISUAL"] = os.environ["EDITOR"] = f"{sys.executable} {editor}"
            os.execv(PROGRAM[0], [*PROGRAM, "--project", str(self.sample.path), "--coder", "AK", *arguments])
        said = b""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                part = os.read(terminal, 4096)
            except OSError:
                break
            if not part:
                break
            said += part
        os.waitpid(process, 0)
        os.close(terminal)
        return said.decode()


@pytest.fixture
def editing(study: Sample, tmp_path: Path) -> Editing:
    pytest.importorskip("pty", reason="pseudo-terminals are a thing of Unix")
    return Editing(study, tmp_path)


def test_an_editor_opens_with_what_it_says_now_and_leaves_no_file(editing: Editing, shell: Shell) -> None:
    editing("memos", "add", "--case", "F07", writes="first")
    (memo,) = shell.json("memos", "list")
    assert (memo["about"], memo["body"]) == ("case F07", "first")
    editing("memos", "edit", memo["id"], writes="second")
    assert (editing.folder / "before").read_text() == "first0o100600"
    assert shell.json("memos", "show", memo["id"])["body"] == "second"
    assert [path for path in editing.folder.iterdir() if path.name.startswith(".memo")] == []


def test_a_memo_that_says_nothing_is_not_kept(editing: Editing, shell: Shell) -> None:
    assert "Nothing is written" in editing("memos", "add", writes=" ")
    assert [path for path in editing.folder.iterdir() if path.name.startswith(".memo")] == []
    assert shell.json("memos", "list") == []


def test_what_was_written_is_kept_in_its_file_where_the_project_will_not_take_it(editing: Editing) -> None:
    said = editing("memos", "add", writes="an hour's work", also="pathlib.Path(project).rename(project + '.away')")
    (kept,) = [path for path in editing.folder.iterdir() if path.name.startswith(".memo")]
    assert kept.read_text() == "an hour's work"
    assert "What you wrote is kept in" in said
    assert kept.name in said


def test_a_memo_that_cannot_be_about_something_opens_no_editor(editing: Editing) -> None:
    assert "nosuch" in editing("memos", "add", "--case", "nosuch", writes="words")
    assert not (editing.folder / "before").exists()


@pytest.mark.parametrize("command", [["memos", "list"], ["memos", "show"], ["history", "show"]], ids=" ".join)
def test_no_memo_takes_over_the_terminal_whoever_wrote_it(study: Sample, shell: Shell, command: list[str]) -> None:
    evil = "\x1b[31mred\x1b]0;title\x07 \u202edesrever\r\x00"
    memo = Memo(id=new_id(), coder=study.ak.id, title=evil, body=f"{evil}\nnext")
    with Project.open(study.path) as project:
        revision = project.apply(evil, [create(memo)], coder=study.ak.id)
    assert revision is not None
    ids = {"memos show": [memo.id], "history show": [revision.id]}
    assert shell(*command, *ids.get(" ".join(command), [])) == 0
    assert "red" in shell.out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shell.out + shell.err)
