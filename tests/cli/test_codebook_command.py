"""`tbcp-qual codebook` and what is done to codes: said first, done as one revision, kept as versions, out and in."""

from pathlib import Path

import docx
import pytest

from tbcp_qual.store import Project
from tests.cli.shell import Shell
from tests.conftest import REPOSITORY, Sample

BOOK = REPOSITORY / "codebooks" / "tbcp.yaml"
TABLE = """name,parent,brief,use when,questions,status,themes
Trust,,Whom one trusts,When trust is spoken of.,,agreed,Faith
In the worker,Trust,,,,,
"""


def paths(shell: Shell) -> list[str]:
    return [code["path"] for code in shell.json("codes", "list")]


def codings_of(shell: Shell, tmp_path: Path) -> None:
    table = tmp_path / "codings.csv"
    table.write_text("document,turn,quotation,code\nP07,2,My midwife,Mistrust\nP07,3,not for the form,Mistrust\n")
    assert shell("codings", "import", table) == 0
    table.write_text("document,turn,quotation,code\nP07,2,She just sat with me,Mistrust\n")
    assert shell("codings", "import", table, coder="RM") == 0


@pytest.mark.parametrize(
    ("act", "label"),
    [
        (["rename", "Mistrust", "Doubt"], "Mistrust renamed Doubt"),
        (["move", "Mistrust", "--under", "Key worker"], "Mistrust moved below Key worker"),
        (["move", "Mistrust", "--before", "Key worker"], "Mistrust moved before Key worker"),
        (["retire", "Mistrust"], "Mistrust retired"),
        (["recolour", "Mistrust", "teal"], "Mistrust coloured teal"),
        (["define", "Mistrust", "--use-when", "Of services."], "Mistrust redefined"),
        (["merge", "Mistrust", "Key worker"], "Mistrust merged into Key worker"),
        (["split", "Mistrust", "Of services", "Of people"], "Mistrust split, new below it: Of services; Of people"),
        (["split", "Mistrust", "Of services", "--beside"], "Mistrust split, new beside it: Of services"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_an_act_says_what_it_touches_can_be_tried_and_is_undone_as_one(
    shell: Shell, tmp_path: Path, act: list[str], label: str
) -> None:
    codings_of(shell, tmp_path)
    before = shell.json("codes", "list", "--retired")
    assert shell("codes", *act, "--dry-run") == 0
    assert "“Mistrust” touches 3 codings of 2 coders in 1 document" in shell.err
    assert f"Would be done: {label}." in shell.err
    assert shell.json("codes", "list", "--retired") == before
    assert shell("codes", *act) == 0
    assert shell.err.endswith(f"{label}.\n")
    assert shell("undo") == 0
    assert shell.json("codes", "list", "--retired") == before
    assert shell("verify") == 0


def test_codes_are_counted_alone_and_with_those_below(shell: Shell, tmp_path: Path) -> None:
    codings_of(shell, tmp_path)
    shell("codes", "move", "Mistrust", "--under", "Key worker")
    listed = {code["name"]: (code["codings"], code["codings_with_below"]) for code in shell.json("codes", "list")}
    assert listed == {"Key worker": (0, 3), "Mistrust": (3, 3), "Being listened to": (0, 0)}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["codes", "recolour", "Mistrust", "mauve"], "no such colour"),
        (["codes", "define", "Mistrust"], "What does it mean?"),
        (["codes", "move", "Mistrust"], "Where to?"),
        (["codes", "move", "Mistrust", "--top", "--under", "Key worker"], "Where to?"),
        (["codes", "split", "Mistrust", "Key worker", "--beside"], "there already"),
        (["codes", "show", "Nobody"], "No code is called"),
        (["codebook", "diff", "1"], "There is no version “1”"),
        (["codebook", "export", "book.txt"], "What should book.txt become?"),
        (["codebook", "export", "book.yaml", "--counts"], "no place for counts"),
        (["codebook", "agree", "Nobody"], "No code is called"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_a_matter_of_usage(shell: Shell, arguments: list[str], sentence: str) -> None:
    assert shell(*arguments) == 2
    assert sentence in shell.err


def test_a_code_is_shown_with_all_that_is_said_of_it(shell: Shell) -> None:
    shell("codes", "define", "Mistrust", "--brief", "Doubt", "--full", "One\nTwo", "--domain", "mood")
    shown = shell.json("codes", "show", "mistrust")
    assert (shown["brief"], shown["full"], shown["domain"], shown["status"]) == (
        "Doubt",
        "One\nTwo",
        "mood",
        "provisional",
    )
    assert shell("codes", "show", "Mistrust") == 0
    assert "Two" in shell.out
    shell("codes", "merge", "Mistrust", "Key worker")
    assert shell.json("codes", "show", "mistrust")["merged into"] == "Key worker"


def test_agreeing_keeps_a_version_and_the_diff_tells_what_became_of_each_code(shell: Shell) -> None:
    assert shell("codebook", "agree", "Mistrust", "--label", "First") == 0
    assert "1 code agreed; kept as version 1 “First”" in shell.err
    assert "1 code is provisional still" in shell.err
    assert shell("codes", "rename", "Mistrust", "Doubt") == 0
    assert shell("codes", "retire", "Key worker") == 0
    assert shell("codebook", "agree") == 0
    assert [(v["number"], v["label"], v["by"], v["codes"]) for v in shell.json("codebook", "versions")] == [
        (1, "First", "AK", 3),
        (2, "", "AK", 2),
    ]
    assert {code["status"] for code in shell.json("codes", "list")} == {"agreed"}
    assert shell("codebook", "agree") == 0
    assert "Nothing to agree" in shell.err
    told = shell.json("codebook", "diff", "first", "2")["differences"]
    assert {difference["name"]: difference["what"] for difference in told} == {
        "Key worker": ["retired"],
        "Being listened to": ["changed"],
        "Doubt": ["renamed"],
    }
    assert shell("codebook", "diff", "1") == 0
    assert "Doubt: renamed\n  name: Mistrust → Doubt\n" in shell.out
    assert shell("codebook", "diff", "2", "now") == 0
    assert "No difference." in shell.out
    assert shell("undo") == 0
    assert len(shell.json("codebook", "versions")) == 1
    assert shell("verify") == 0


def test_versions_of_one_number_that_met_in_a_merge_are_told_apart_by_id(shell: Shell, sample: Sample) -> None:
    other = sample.path.with_name("other.tbcp")
    other.write_bytes(sample.path.read_bytes())
    shell("codebook", "agree", "--label", "Mine")
    here, shell.path = shell.path, other
    shell("codebook", "agree", "Mistrust", "--label", "Theirs", coder="RM")
    shell.path = here
    shell("merge", other)
    assert shell("codebook", "diff", "1") == 2
    assert "Several versions are called “1”" in shell.err
    kept = shell.json("codebook", "versions")
    assert {version["label"] for version in kept} == {"Mine", "Theirs"}
    assert shell("codebook", "diff", kept[0]["id"], kept[1]["id"]) == 0
    assert shell("codebook", "diff", "mine", "theirs") == 0


def test_a_version_whose_words_were_purged_is_still_listed_and_told_apart(shell: Shell, sample: Sample) -> None:
    shell("codes", "define", "Mistrust", "--example", "Zoë never came.")
    shell("codebook", "agree")
    with Project.open(sample.path) as project:
        project.purge("names replaced", coder=sample.ak.id, words={"Zoë": "[Mother]"})
    assert shell("codebook", "diff", "1") == 0
    assert "No difference." in shell.out
    assert [version["codes"] for version in shell.json("codebook", "versions")] == [3]


@pytest.mark.parametrize("kind", ["yaml", "xlsx"])
def test_the_sample_codebook_comes_back_whole_through_a_file(shell: Shell, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"book.{kind}"
    shell.path = tmp_path / "first.tbcp"
    assert shell("new", shell.path, "--codebook", BOOK) == 0
    first = shell.json("codes", "list"), shell.json("themes", "list")
    assert shell("codebook", "export", path) == 0
    assert shell("codebook", "import", path) == 0
    assert "0 codes, 0 themes, 0 questions" in shell.err
    shell.path = tmp_path / "second.tbcp"
    assert shell("new", shell.path, "--codebook", path) == 0
    second = shell.json("codes", "list"), shell.json("themes", "list")

    def without_ids(listed: list[dict[str, object]]) -> list[dict[str, object]]:
        return [{key: value for key, value in one.items() if key != "id"} for one in listed]

    assert [without_ids(listed) for listed in first] == [without_ids(listed) for listed in second]
    assert shell("codebook", "export", path) == 0


def test_a_csv_of_the_sample_changes_nothing_where_it_came_from(shell: Shell, tmp_path: Path) -> None:
    shell.path = tmp_path / "first.tbcp"
    shell("new", shell.path, "--codebook", BOOK)
    assert shell("codebook", "export", tmp_path / "book.csv", "--counts") == 0
    assert shell("codebook", "import", tmp_path / "book.csv") == 0
    assert "0 codes, 0 themes" in shell.err
    assert shell("codebook", "export", tmp_path / "book.docx", "--counts") == 0


def test_an_earlier_version_is_written_as_it_was(shell: Shell, tmp_path: Path) -> None:
    shell("codebook", "agree")
    shell("codes", "rename", "Mistrust", "Doubt")
    assert shell("codebook", "export", tmp_path / "book.csv", "--version", "1") == 0
    assert "Mistrust" in (tmp_path / "book.csv").read_text(encoding="utf-8-sig")


def test_a_table_of_names_and_parents_goes_in_and_says_only_what_it_has_columns_for(
    shell: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "book.csv"
    path.write_text(TABLE)
    assert shell("codebook", "import", path) == 0
    assert "2 codes, 1 theme" in shell.err
    assert paths(shell)[-2:] == ["Trust", "Trust > In the worker"]
    shell("codes", "define", "Trust", "--example", "She came back.")
    assert shell("codebook", "import", path) == 0
    shell("codes", "define", "Trust", "--brief", "Another")
    assert shell("codebook", "import", path) == 1
    assert "code “Trust” differs in: brief" in shell.err


@pytest.mark.parametrize(
    ("found", "instead", "sentence"),
    [
        ("In the worker,Trust,", "In the worker,Trusst,", "line 3: the parent “Trusst” has no row"),
        ("Trust,,Whom", "Trust,In the worker,Whom", "lies below itself"),
        (",agreed,", ",done,", "line 2: `status` cannot be “done”"),
        ("spoken of.,,", "spoken of.,2b,", "line 2: the project has no question “2b”"),
        ("brief", "breif", "there is no column “breif”"),
        ("name,parent", "title,above", "there is no column “title”"),
        ("In the worker,Trust,", "Trust,,", "line 3: “Trust” is there already"),
        ("In the worker,", "a > b,", "line 3: a code needs a name"),
    ],
)
def test_each_fault_of_a_table_names_its_line(
    shell: Shell, tmp_path: Path, found: str, instead: str, sentence: str
) -> None:
    assert found in TABLE
    path = tmp_path / "book.csv"
    path.write_text(TABLE.replace(found, instead, 1))
    before = paths(shell)
    assert shell("codebook", "import", path) == 3
    assert sentence in shell.err
    assert paths(shell) == before


def test_what_was_changed_in_word_comes_in_again(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "book.docx"
    path.write_bytes(b"PK no archive")
    assert shell("codebook", "import", path) == 3
    assert "is not a Word document" in shell.err
    assert shell("codebook", "export", path) == 0
    assert shell("codebook", "import", path) == 0
    assert "0 codes" in shell.out + shell.err
    document = docx.Document(str(path))
    first = next(p for p in document.paragraphs if p.style.style_id == "Heading2")
    first.insert_paragraph_before("Grandparents", style=first.style)
    document.save(str(path))
    assert shell("codebook", "import", path) == 0
    assert "1 code," in shell.out + shell.err
    assert "Grandparents" in paths(shell)
