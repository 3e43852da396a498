"""`history`, `history show` and `history restore` on the command line."""

import pytest

from tbcp_qual.coding.changes import create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Round
from tbcp_qual.store import Project
from tests.cli.shell import Shell
from tests.conftest import Sample

CODINGS = "document,turn,quotation,code,memo\nP07,2,She just sat with me,Being listened to,a memo\n"


@pytest.fixture
def worked(sample: Sample, shell: Shell) -> Shell:
    """AK and RM have coded P07, AK has weighed theirs, renamed a code, written a memo and undone something."""
    file = sample.path.with_name("codings.csv")
    file.write_text(CODINGS, encoding="utf-8")
    assert shell("codings", "import", file) == 0
    assert shell("codings", "import", file, coder="RM") == 0
    coding = next(c["id"] for c in shell.json("codings", "list") if c["coder"] == "AK")
    for command in (
        ["codings", "weight", coding, "80"],
        ["codes", "rename", "Mistrust", "Doubt"],
        ["memos", "add", "words", "--code", "Doubt"],
        ["codings", "weight", coding, "10"],
        ["undo"],
    ):
        assert shell(*command) == 0
    return shell


def labels(shell: Shell, *filters: str, coder: str = "AK") -> list[str]:
    return [deed["label"] for deed in shell.json("history", *filters, coder=coder)]


def id_of(shell: Shell, label: str) -> str:
    return next(deed["id"] for deed in shell.json("history", "--last", "0") if deed["label"] == label)


WEIGHTS = ["undid: weight 10: Being listened to", "weight 10: Being listened to", "weight 80: Being listened to"]


def test_history_is_filtered_by_document_code_coder_kind_and_day(worked: Shell) -> None:
    assert labels(worked, "--document", "p07", "--by", "AK") == [*WEIGHTS, "codings imported: 1"]
    assert labels(worked, "--code", "doubt") == [
        "an analytic memo on code Doubt",
        "Mistrust renamed Doubt",
        "sample made",
    ]
    assert labels(worked, "--kind", "memo") == ["an analytic memo on code Doubt"]
    assert labels(worked, "--kind", "memo", "--kind", "coding", "--by", "RM") == ["codings imported: 1"]
    assert labels(worked, "--since", "2999-01-01") == []
    assert labels(worked, "--since", "2020-01-01T10:00", "--last", "1") == WEIGHTS[:1]
    assert labels(worked, "--code", "Key worker", "--kind", "coding") == []


@pytest.mark.parametrize(
    "wrong",
    [
        ["--document", "P9"],
        ["--code", "x"],
        ["--by", "ZZ"],
        ["--kind", "x"],
        ["--since", "soon"],
        ["--since", ""],
        ["x"],
    ],
)
def test_what_there_is_not_is_a_matter_of_usage(worked: Shell, wrong: list[str]) -> None:
    assert worked("history", *wrong) == 2


def test_an_old_name_of_a_code_finds_it_once_it_is_gone(worked: Shell) -> None:
    assert worked("codes", "add", "Short-lived") == 0
    assert worked("undo") == 0
    made = labels(worked, "--last", "2")
    assert labels(worked, "--code", "short-lived") == made


def test_the_ids_of_the_list_are_what_show_takes(worked: Shell) -> None:
    assert worked("history", "--last", "3") == 0
    heading, *rows = worked.out.splitlines()
    assert heading.split() == ["id", "when", "(UTC)", "who", "what"]
    for row in rows:
        assert worked("history", "show", row.split()[0]) == 0
        assert worked.out.splitlines()[0].removesuffix(" (undone)") in row
    assert worked("history", "show", "1") == 2
    assert worked("history", "show", "x y") == 2


def test_an_act_is_shown_field_by_field(worked: Shell) -> None:
    shown = worked.json("history", "show", id_of(worked, "weight 80: Being listened to"))
    (record,) = shown["records"]
    assert (record["kind"], record["act"], record["called"]) == ("coding", "changed", "Being listened to in P07")
    assert record["fields"] == [{"name": "weight", "before": None, "after": 80}]
    shown = worked.json("history", "show", id_of(worked, "codings imported: 1"))
    fields = {field["name"]: field["after"] for field in shown["records"][0]["fields"]}
    assert fields["words"] == "She just sat with me"
    assert (fields["code"], fields["document"], fields["memo"]) == ("Being listened to", "P07", "a memo")
    undone = worked.json("history", "show", id_of(worked, "undid: weight 10: Being listened to"))
    assert (undone["undoes_label"], undone["records"]) == ("weight 10: Being listened to", [])
    assert worked("history", "show", id_of(worked, "Mistrust renamed Doubt")) == 0
    assert "  name: Mistrust → Doubt\n" in worked.out


def test_in_a_blind_round_others_acts_are_not_shown(worked: Shell, sample: Sample) -> None:
    theirs = next(deed["id"] for deed in worked.json("history", "--by", "RM") if deed["label"].startswith("codings"))
    with Project.open(sample.path) as project:
        coders = (sample.ak.id, sample.rm.id)
        opened = Round(id=new_id(), name="1", documents=(sample.document.id,), coders=coders)
        project.apply("round opened", [create(opened)], coder=sample.ak.id)
    shown = worked.json("history", "show", theirs)
    assert (shown["label"], shown["records"]) == ("worked on a document of a blind round", [])
    assert labels(worked, "--document", "P07", "--by", "RM") == []
    assert worked("history", "restore", theirs, "--all") == 0
    assert "RM" not in worked.out + worked.err


def test_an_earlier_state_is_shown_first_and_brought_back_with_yes(worked: Shell) -> None:
    before = id_of(worked, "sample made")
    assert worked("history", "restore", before, "--all") == 0
    assert "goes: coding Being listened to in P07\n" in worked.out
    assert "changes: code Doubt\n  name: Doubt → Mistrust\n" in worked.out
    assert "Left as they are, for they are RM's: 1 coding." in worked.err
    assert "Nothing was changed; --yes does it." in worked.err
    assert len(worked.json("codings", "list")) == 2
    assert worked("history", "restore", before, "--all", "--yes") == 0
    assert [c["coder"] for c in worked.json("codings", "list")] == ["RM"]
    assert worked.json("memos", "list") == []
    assert labels(worked, "--last", "1")[0].startswith("restored all as of ")
    assert worked("verify") == 0
    assert worked("undo") == 0
    assert len(worked.json("codings", "list")) == 2
    assert worked("verify") == 0


def test_one_thing_is_brought_back_by_what_names_it(worked: Shell) -> None:
    before = id_of(worked, "sample made")
    assert worked("history", "restore", before, "--code", "Doubt", "--yes") == 0
    assert worked.json("codes", "list")[2]["name"] == "Mistrust"
    (memo,) = worked.json("memos", "list")
    plan = worked.json("history", "restore", before, "--record", "memo", memo["id"][-8:])
    assert [(record["act"], record["kind"]) for record in plan["records"]] == [("goes", "memo")]
    assert (plan["done"], len(worked.json("memos", "list"))) == (False, 1)
    assert worked("history", "restore", before, "--codings", "P07", "--yes") == 0
    assert [c["coder"] for c in worked.json("codings", "list")] == ["RM"]
    assert worked("history", "restore", before, "--document", "P07") == 0
    assert "Nothing to bring back" in worked.err


def test_what_cannot_come_back_is_said_and_the_exit_code_tells(worked: Shell) -> None:
    before = id_of(worked, "sample made")
    coding = next(c["id"] for c in worked.json("codings", "list") if c["coder"] == "RM")
    assert worked("history", "restore", before, "--record", "coding", coding) == 5
    assert worked("history", "restore", before, "--record", "coding", "nosuch") == 2
    assert worked("history", "restore", before, "--record", "odd", coding) == 2
    assert worked("history", "restore", before) == 2
    assert worked("history", "restore", before, "--all", "--code", "Doubt") == 2
    assert worked("history", "restore", before, "--all", coder="ZZ") == 2
    assert worked("codes", "add", "Mistrust") == 0
    assert worked("history", "restore", before, "--code", "Doubt") == 1
    assert "a code of that name is there by now" in worked.err
