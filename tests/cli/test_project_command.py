"""`project`: what it is, who answers for its data, and the reminder once they should be gone."""

import datetime

import pytest

from tbcp_qual.coding.records import ProjectInfo
from tbcp_qual.tasks.projects import overdue
from tests.cli.shell import Shell


def test_a_project_says_what_it_is_and_what_is_not_stated(shell: Shell) -> None:
    assert shell("project") == 0
    assert shell.out.splitlines() == [
        "Project: Sample", "Approach: framework", "Data controller: not stated", "Lawful basis: not stated",
        "Destroy by: not stated",
    ]  # fmt: skip


def test_who_answers_for_the_data_is_recorded_and_undone(shell: Shell) -> None:
    said = ["--data-controller", "The council", "--lawful-basis", "public task", "--destroy-by", "31/3/2099"]
    stated = shell.json("project", *said, "--name", "Pilot", "--approach", "reflexive")
    assert "Said of the project: name, approach, data controller, lawful basis, destroy by" in shell.err
    assert stated.pop("id")
    assert stated.pop("file")
    assert stated == {
        "name": "Pilot", "approach": "reflexive", "data_controller": "The council", "lawful_basis": "public task",
        "destroy_by": "2099-03-31", "overdue": False,
    }  # fmt: skip
    assert shell("project", "--lawful-basis", "none") == 0
    assert "Lawful basis: not stated" in shell.out
    assert shell("undo") == 0
    assert shell("undo") == 0
    assert shell.json("project")["name"] == "Sample"


@pytest.mark.parametrize("arguments", [["--name", " "], ["--destroy-by", "soon"], ["--destroy-by", "2027-03"]])
def test_what_cannot_be_said_of_a_project_is_refused(shell: Shell, arguments: list[str]) -> None:
    assert shell("project", *arguments) == 2
    assert shell.json("project")["destroy_by"] == ""


def test_once_the_day_has_passed_every_command_says_so_in_one_line(shell: Shell) -> None:
    assert shell("project", "--destroy-by", "2020-03-31", "--data-controller", "The council") == 0
    for command in (["project"], ["documents", "list"], ["cases", "add", "F01"]):
        assert shell(*command) == 0
        assert shell.err.count("were to be destroyed by 2020-03-31 (data controller: The council)") == 1
    assert shell.json("project")["overdue"] is True


def test_on_the_day_itself_the_data_may_still_be_there() -> None:
    info = ProjectInfo(id="p", destroy_by="2027-03-31")
    assert overdue(info, datetime.date(2027, 3, 31)) == ""
    assert "2027-03-31" in overdue(info, datetime.date(2027, 4, 1))
    assert overdue(ProjectInfo(id="p"), datetime.date(2099, 1, 1)) == ""
