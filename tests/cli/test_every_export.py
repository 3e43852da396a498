"""Every command that writes a file for somebody runs the disclosure check first and keeps in the record that it went out."""

from pathlib import Path

import click
import pytest

from tbcp_qual.coding.changes import create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Code, Memo, Question, Theme
from tbcp_qual.store import Project
from tests.cli.shell import Shell
from tests.cli.test_every_command import SINGLE
from tests.conftest import Sample

EXPORTS: dict[str, list[str]] = {
    "codebook export": ["OUT.yaml"],
    "codings find": ["--csv", "OUT.csv"],
    "export matrix": ["OUT.docx"],
    "export report": ["OUT.docx"],
    "memos export": ["OUT.md"],
    "rounds pack": ["1", "RM", "OUT.tbcp"],
}
"""Commands that write a file from what a project holds, as they are asked here."""

FOR_THE_TEAM = {"memos export", "rounds pack"}
"""They are for the team alone; what the check finds is told, and they go out."""

OF_FIGURES = {"export agreement"}
"""They let figures out; that theirs rest on few families is told in their own tests."""

INTO_THE_PROJECT = {
    "new", "open", "demo", "documents revise", "topics confirm", "chart write", "agreement data", "agreement spans",
    "merge", "verify", "rounds seal", "rounds unseal",
}  # fmt: skip
"""Commands with files that come in, that are the project, or that are only wrapped; beside those called import."""


def with_files() -> set[str]:
    return {
        path
        for path, command in SINGLE.items()
        if any(isinstance(p.type, click.Path) and p.name not in ("names", "list_") for p in command.params)
    }


def test_every_command_with_a_file_lets_something_out_here_or_takes_it_in() -> None:
    going = {path for path in with_files() - INTO_THE_PROJECT if "import" not in path}
    assert going - OF_FIGURES == EXPORTS.keys()
    for path in going - FOR_THE_TEAM:
        assert {"--audience", "--reason"} <= {o for p in SINGLE[path].params for o in p.opts}


NAMED = "INT: Who?\nP08: My son Xanthor said so, he did. It is all his own.\n"


@pytest.fixture
def shell(sample: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A project with a name in a quotation, in a memo and in the example of a code, and a round that can be locked."""
    ak, folder = sample.ak.id, sample.path.parent
    question = Question(id=new_id(), key="1", text="Did it help?")
    code = Code(id=new_id(), name="Sons", example="My son Xanthor said", status="agreed")
    theme = Theme(id=new_id(), name="Kin", codes=(code.id,), questions=(question.id,))
    memo = Memo(id=new_id(), coder=ak, body="My son Xanthor said", at="2026-01-01")
    sample.project.apply("made", [create(record) for record in (question, code, theme, memo)], coder=ak)
    sample.project.close()
    (folder / "P08.txt").write_text(NAMED, encoding="utf-8")
    codings = "document,turn,quotation,code\nP08,2,My son Xanthor said so,Sons\n"
    (folder / "codings.csv").write_text(codings, encoding="utf-8")
    shell = Shell(sample.path, monkeypatch, capsys)
    assert shell("documents", "import", folder / "P08.txt") == 0
    assert shell("rounds", "open", "1", "--coders", "AK,RM", "--documents", "P08") in (0, 1), shell.err
    for coder in ("AK", "RM"):
        assert shell("codings", "import", folder / "codings.csv", "--done", coder=coder) == 0, shell.err
    return shell


@pytest.mark.parametrize("path", EXPORTS)
def test_an_export_says_what_it_gives_away_before_it_goes_and_is_in_the_record(shell: Shell, path: str) -> None:
    folder = shell.path.parent
    asked = [folder / part if part.startswith("OUT") else part for part in EXPORTS[path]]
    (out,) = [part for part in asked if isinstance(part, Path)]
    if path not in FOR_THE_TEAM:
        assert shell(*path.split(), *asked, "--audience", "public") == 1, shell.err
        assert "Disclosure check for the public" in shell.err
        assert not out.exists()
    assert shell(*path.split(), *asked) in (0, 1), shell.err
    assert out.exists()
    assert "Disclosure check for the team" in shell.err
    assert "name" in shell.err
    with Project.open(shell.path, read_only=True) as project:
        (made,) = project.records("export")
        assert (made.audience, made.file) == ("team", out.name)
        assert made.findings > 0
        assert project.verify() == []


def test_words_that_identify_nobody_pass_and_names_on_the_list_of_pseudonyms_do_not(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = shell.path.with_name("key.csv")
    monkeypatch.setenv("TBCP_PSEUDONYMS", str(key))
    out = shell.path.with_name("c.yaml")
    assert shell("privacy", "ignore", "--kind", "name") == 0
    assert shell("codebook", "export", out, "--audience", "public") == 0, shell.err
    key.write_text("kind,words,pseudonym\nname,Sons,[Child A]\n", encoding="utf-8")
    assert shell("codebook", "export", out, "--audience", "public") == 1
    assert "code Sons holds what looks like: name" in shell.err
