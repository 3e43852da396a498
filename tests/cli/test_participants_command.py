"""`participants`: made on import, corrected, assigned, and what they allow; roles take participants with them."""

from pathlib import Path

import pytest

from tbcp_qual.coding.changes import update
from tbcp_qual.store import Project
from tests.cli.shell import Shell


@pytest.fixture
def interviews(tmp_path: Path) -> Path:
    """Four interviews in a folder, and what is known of them beside it."""
    folder = tmp_path / "interviews"
    folder.mkdir()
    (folder / "P02_first.txt").write_text("I: So?\nR: She came.\nGran: With cake.\nR: Cake.\nI: And?\nGran: And tea.\n")
    (folder / "P02_second.txt").write_text("INT: Again?\nP02: Still there.\nINT: Good.\nP02: It is.\n")
    (folder / "K03.txt").write_text("INT: Hello?\nK03: Hello.\nINT: Go on.\nK03: We went.\n")
    (folder / "P05.txt").write_text("Speaker 1: Ready?\nSpeaker 2: Yes.\nSpeaker 1: Well?\nSpeaker 2: Fine.\n")
    (tmp_path / "details.csv").write_text(
        "file,source type,cases,permission\n"
        "P02_first.txt,parent,F02,\nP02_second.txt,parent,F02,quote\nK03.txt,practitioner,F02;F03,\nP05.txt,parent,,\n"
    )
    return folder


def listed(shell: Shell) -> dict[str, tuple[str, str, list[str]]]:
    rows = shell.json("participants", "list")
    return {row["participant"]: (row["role"], row["case"], row["documents"]) for row in rows}


def test_those_who_answer_become_participants_when_a_document_comes_in(shell: Shell, interviews: Path) -> None:
    details = interviews.parent / "details.csv"
    assert shell("documents", "import", interviews, "--details", details) == 0
    assert listed(shell) == {
        "K03": ("practitioner", "", ["K03"]),
        "P02": ("parent", "F02", ["P02_first", "P02_second"]),
        "P02_first Gran": ("grandmother", "", ["P02_first"]),
        "P05 Speaker 1": ("parent", "", ["P05"]),
        "P05 Speaker 2": ("parent", "", ["P05"]),
    }
    assert shell.json("participants", "show", "p02")["heard"] == [
        {
            "document": "P02_first", "speakers": ["R"], "turns": 2, "permission": "quote", "recorded": False,
            "why": "not recorded",
        },
        {
            "document": "P02_second", "speakers": ["P02"], "turns": 2, "permission": "quote", "recorded": True,
            "why": "recorded for the document",
        },
    ]  # fmt: skip


def test_the_interviewer_found_out_later_is_no_participant_and_the_other_gets_the_name(
    shell: Shell, interviews: Path
) -> None:
    shell("documents", "import", interviews / "P05.txt")
    assert shell("documents", "role", "Speaker 1", "interviewer") == 0
    assert "2 turns changed" in shell.err
    assert listed(shell) == {"P05": ("parent", "", ["P05"])}
    assert shell("undo") == 0
    assert set(listed(shell)) == {"P05 Speaker 1", "P05 Speaker 2"}
    assert shell("redo") == 0
    assert shell("documents", "role", "Speaker 1", "participant") == 0
    assert set(listed(shell)) == {"P05 Speaker 1", "P05 Speaker 2"}
    shell("participants", "set", "P05 Speaker 2", "--role", "father")
    assert shell("documents", "role", "Speaker 1", "interviewer") == 0
    assert listed(shell) == {"P05 Speaker 2": ("father", "", ["P05"])}


def test_a_speaker_is_assigned_and_who_was_made_for_the_label_goes(shell: Shell, interviews: Path) -> None:
    shell("documents", "import", interviews)
    assert shell("participants", "assign", "P05", "Speaker 2", "P02") == 0
    assert "P05 Speaker 2 was made for that label alone, and is gone" in shell.err
    assert listed(shell)["P02"][2] == ["P02_first", "P02_second", "P05"]
    assert "P05 Speaker 2" not in listed(shell)
    assert shell("undo") == 0
    assert listed(shell)["P05 Speaker 2"][2] == ["P05"]
    assert shell("participants", "assign", "P05", "Speaker 3", "P02") == 2
    assert "Heard there: Speaker 1, Speaker 2" in shell.err
    assert shell("participants", "assign", "K03", "INT", "P02") == 2
    assert "is an interviewer" in shell.err
    assert shell("participants", "assign", "P05", "Speaker 1", "P03") == 2
    assert "There is no participant “P03”" in shell.err


def test_permissions_families_and_labels_are_set_and_taken_back(shell: Shell, interviews: Path) -> None:
    shell("documents", "import", interviews)
    shell("cases", "add", "F02")
    assert shell("participants", "set", "P02", "K03", "--permission", "paraphrase only", "--archive", "no") == 0
    assert "Recorded of 2 participants: permission, archive" in shell.err
    assert shell("participants", "set", "P02", "--case", "f02", "--role", "mother", "--label", "M02") == 0
    row = next(row for row in shell.json("participants", "list") if row["participant"] == "M02")
    assert (row["role"], row["case"], row["permission"], row["archive"]) == ("mother", "F02", "paraphrase only", "no")
    assert shell.json("cases", "show", "F02")["participants"][0]["participant"] == "M02"
    assert shell("participants", "set", "M02", "--permission", "none", "--case", "none") == 0
    row = next(row for row in shell.json("participants", "list") if row["participant"] == "M02")
    assert (row["case"], row["permission"], row["archive"]) == ("", "", "no")
    assert shell("undo") == 0
    assert shell("participants", "show", "M02") == 0
    assert "Permission: paraphrase only. Archive: no." in shell.out
    assert shell("participants", "set", "M02", "K03", "--label", "X") == 2
    assert shell("participants", "set", "M02", "--label", "k03") == 2
    assert shell("participants", "set", "M02", "--case", "F09") == 2
    assert shell("participants", "set", "M02", "--permission", "shout") == 2


def test_participants_are_made_by_hand_and_from_a_table(shell: Shell, tmp_path: Path) -> None:
    shell("cases", "add", "F07")
    assert shell("participants", "add", "P07", "--role", "mother", "--archive", "yes") == 0
    assert shell("participants", "add", "p07") == 2
    path = tmp_path / "people.csv"
    path.write_text("participant,role,case,permission,archive\nP07,,F07,Role label only,\nK01,key worker,,quote,yes\n")
    assert shell("participants", "import", path) == 0
    assert "1 participant new, 1 changed, 0 as before" in shell.err
    rows = {row["participant"]: row for row in shell.json("participants", "list")}
    assert (rows["P07"]["role"], rows["P07"]["case"], rows["P07"]["permission"], rows["P07"]["archive"]) == (
        "mother", "F07", "role label only", "yes",
    )  # fmt: skip
    assert rows["K01"]["role"] == "key worker"
    path.write_text("participant,case\nP07,F07\nP08,F08\n")
    assert shell("participants", "import", path) == 3
    assert "line 3: There is no case “F08”" in shell.err
    path.write_text("participant,permission\nP07,shout\n")
    assert shell("participants", "import", path) == 3
    assert "line 2" in shell.err


def test_a_faulty_permission_in_the_details_stops_everything(shell: Shell, interviews: Path) -> None:
    details = interviews.parent / "details.csv"
    details.write_text("file,permission\nK03.txt,always\n")
    assert shell("documents", "import", interviews, "--details", details) == 3
    assert "line 2: “always” is no permission" in shell.err
    assert len(shell.json("documents", "list")) == 1


def test_the_details_say_who_speaks(shell: Shell, interviews: Path) -> None:
    details = interviews.parent / "details.csv"
    details.write_text("file,participant\nP05.txt,P50\nP02_second.txt,P99\n")
    assert shell("documents", "import", interviews, "--details", details) == 0
    assert "P05: the details name P50 as who speaks, but it cannot be told which speaker that is" in shell.err
    assert listed(shell)["P99"][2] == ["P02_second"]


def test_a_document_of_one_who_has_withdrawn_is_pointed_out_and_may_not_be_quoted(
    shell: Shell, interviews: Path
) -> None:
    shell("participants", "add", "K03", "--permission", "quote")
    with Project.open(shell.path) as project:
        (person,) = project.records("participant")
        project.apply("withdrawn", [update(person, withdrawn="2024-05-01")], coder="")
    assert shell("documents", "import", interviews / "K03.txt") == 0
    assert "K03: K03 has withdrawn, on 2024-05-01." in shell.err
    (heard,) = shell.json("participants", "show", "K03")["heard"]
    assert (heard["permission"], heard["why"]) == ("paraphrase only", "K03 has withdrawn")
