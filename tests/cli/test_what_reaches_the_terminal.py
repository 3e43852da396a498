"""Nothing that a terminal would obey is ever printed, whoever wrote it; and a pipe that closes is no error."""

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tbcp_qual.cli.running import run
from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import (
    Attribute,
    Case,
    Code,
    Coder,
    Coding,
    Done,
    Measure,
    Participant,
    Question,
    Record,
    Sample,
    Theme,
    Variable,
    attribute_id,
    done_id,
    measure_id,
    variable_id,
)
from tbcp_qual.store import Project
from tests.cli.shell import PROGRAM, Shell, process
from tests.conftest import Sample as SampleProject

EVIL = "\x1b[31mred\x1b]0;title\x07 \x9b2J \u202edesrever\u2066\r\x00\nnext"
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

READING = (
    ["documents", "list"],
    ["documents", "show", "P07"],
    ["cases", "list"],
    ["cases", "variables"],
    ["cases", "measures"],
    ["participants", "list"],
    ["sample", "list"],
    ["sample", "show"],
    ["sample", "check"],
    ["project"],
    ["codes", "list", "--retired"],
    ["codings", "list"],
    ["agreement"],
    ["history"],
    ["verify"],
)


@pytest.fixture
def evil(sample: SampleProject) -> SampleProject:
    """The sample project, in which every name and memo tries to take over the terminal."""
    project, document = sample.project, sample.document
    third = Coder(id=new_id(), name=f"C{EVIL}")
    case = Case(id=new_id(), label=EVIL)
    code = Code(id=new_id(), name=EVIL, brief=EVIL, colour=EVIL, position=9)
    question = Question(id=new_id(), key=EVIL, text=EVIL)
    records: list[Record] = [
        third,
        case,
        code,
        question,
        Theme(id=new_id(), name=EVIL, definition=EVIL, codes=(code.id,), questions=(question.id,)),
        Attribute(id=attribute_id(case.id, EVIL), case=case.id, name=EVIL, value=EVIL),
        Variable(id=variable_id(EVIL), name=EVIL, scale="category", levels=(EVIL,)),
        Measure(id=measure_id(case.id, EVIL, EVIL), case=case.id, scale=EVIL, time_point=EVIL, value=1),
        Participant(id=new_id(), label=EVIL, role=EVIL, case=case.id),
        Sample(
            id=new_id(),
            name=EVIL,
            by=(EVIL,),
            size=1,
            population=(case.id,),
            chosen=(case.id,),
            excluded=((case.id, EVIL),),
            coder=third.id,
        ),
        *(
            Coding(
                id=new_id(),
                document=document.id,
                text=document.text,
                start=start,
                end=start + 20,
                code=code.id,
                coder=coder,
                memo=EVIL,
            )
            for coder, start in ((sample.ak.id, 45), (third.id, 50))
        ),
        *(Done(id=done_id(document.id, c), document=document.id, coder=c, done=True) for c in (sample.ak.id, third.id)),
    ]
    stated = update(project.info, name=EVIL, data_controller=EVIL, lawful_basis=EVIL)
    about = update(document, source_type=EVIL, time_point=EVIL, file=EVIL, cases=(case.id,))
    turns = [update(turn, speaker=EVIL, section=EVIL) for turn in sample.turns]
    project.apply(EVIL, [*(create(r) for r in records), stated, about, *turns], coder=third.id)
    return sample


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_no_command_prints_what_a_terminal_would_obey(evil: SampleProject, shell: Shell, command: list[str]) -> None:
    assert shell(*command) == 0
    assert shell.out.strip()
    assert not OBEYED.search(shell.out + shell.err)


@pytest.mark.parametrize("command", [*READING, ["export", "matrix"]], ids=" ".join)
def test_json_tells_names_as_they_are_and_escapes_what_a_terminal_would_obey(
    evil: SampleProject, shell: Shell, command: list[str]
) -> None:
    shell.json(*command)
    assert not OBEYED.search(shell.out + shell.err)
    if command == ["cases", "list"]:
        assert json.loads(shell.out)[0]["case"] == EVIL


def test_a_merge_and_its_conflicts_print_nothing_that_a_terminal_would_obey(
    evil: SampleProject, shell: Shell, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.tbcp"
    copy.write_bytes(evil.path.read_bytes())
    for path, name in ((evil.path, f"one{EVIL}"), (copy, f"two{EVIL}")):
        with Project.open(path) as project:
            code = next(c for c in project.records("code") if c.name == EVIL)
            project.apply(EVIL, [update(code, name=name)], coder=evil.ak.id)
    assert shell("merge", copy) == 1
    assert not OBEYED.search(shell.out + shell.err)
    assert shell("conflicts") == 1
    assert "standing:" in shell.out
    assert not OBEYED.search(shell.out + shell.err)


@pytest.mark.parametrize(
    "command",
    [
        ["documents", "show", EVIL.replace("\x00", "")],
        ["codes", "rename", EVIL.replace("\x00", ""), "x"],
        ["codings", "list", "--by", EVIL.replace("\x00", "")],
        ["codes", "import", EVIL.replace("\x00", "")],
        ["merge", EVIL.replace("\x00", "")],
        [EVIL.replace("\x00", "")],
        ["agreement", "--unit", EVIL.replace("\x00", "")],
        ["codes", f"--{EVIL}"],
    ],
    ids=lambda command: command[0] if command[0].isalpha() else "no command",
)
def test_an_error_repeats_what_was_asked_without_what_a_terminal_would_obey(shell: Shell, command: list[str]) -> None:
    assert shell(*command) in (2, 3, 4)
    assert not OBEYED.search(shell.out + shell.err)
    assert len(shell.err.splitlines()) <= 4


def test_a_reader_that_stops_early_is_no_error(evil: SampleProject, shell: Shell) -> None:
    for command in (["documents", "list"], ["history", "--json"], ["documents", "--help"]):
        with subprocess.Popen(
            [*PROGRAM, "--project", str(shell.path), *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as running:
            assert running.stdout
            assert running.stderr
            running.stdout.close()
            assert running.stderr.read() == b""
        assert running.returncode == 0


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_an_old_terminal_gets_escapes_and_no_error(
    evil: SampleProject, shell: Shell, tmp_path: Path, encoding: str
) -> None:
    with Project.open(evil.path) as project:
        project.apply("named", [create(Code(id=new_id(), name="Bożena → 😀"))], coder=evil.ak.id)
    shown = process("--project", evil.path, "codes", "list", folder=tmp_path, PYTHONIOENCODING=encoding)
    assert (shown.returncode, shown.stderr) == (0, b"")
    printed = process("--project", evil.path, "codes", "list", "--json", folder=tmp_path, PYTHONIOENCODING=encoding)
    assert "Bożena → 😀" in [code["name"] for code in json.loads(printed.stdout.decode("ascii"))]


def test_a_fault_of_the_program_is_told_by_kind_and_place_without_the_words_it_carries(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def faulty() -> None:
        raise KeyError("She just sat with me")

    monkeypatch.setattr(sys, "argv", ["tbcp-qual"])
    assert run(faulty) == 70  # type: ignore[arg-type]
    said = capsys.readouterr().err
    assert "KeyError in " in said
    assert "sat with me" not in said
    assert len(said.splitlines()) == 2
