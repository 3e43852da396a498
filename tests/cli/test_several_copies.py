"""Copies brought together on the command line: what does not fit is listed, and everything listed can be told apart."""

import shutil
from pathlib import Path

import pytest

from tbcp_qual.cli import cli
from tbcp_qual.cli.running import run
from tbcp_qual.coding.clashes import clashes
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.records import Code, Coding
from tests.cli.shell import Shell

BOOK = """
codes:
  - name: Change
    codes:
      - {name: Better, domain: change}
      - {name: Worse, domain: change}
"""


@pytest.fixture
def other(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A second copy, made once both have codes that exclude each other."""
    book = tmp_path / "book.yaml"
    book.write_text(BOOK)
    assert shell("codes", "import", book) == 0
    path = tmp_path / "other.tbcp"
    shutil.copy(shell.path, path)
    return Shell(path, monkeypatch, capsys)


def table(folder: Path, name: str, *rows: str) -> Path:
    path = folder / f"{name}.csv"
    path.write_text("document,turn,quotation,code\n" + "".join(f"{row}\n" for row in rows))
    return path


def test_codes_that_exclude_each_other_are_listed_after_a_merge(shell: Shell, other: Shell, tmp_path: Path) -> None:
    assert shell("codings", "import", table(tmp_path, "one", "P07,2,My midwife said,Better")) == 0
    assert other("codings", "import", table(tmp_path, "two", "P07,2,midwife said. She,Worse")) == 0
    assert shell("merge", other.path) == 1
    said = "P07, parent, turn 2: “Change > Better” and “Change > Worse” by AK; only one “change” can be."
    assert said in shell.err
    (line,) = shell.json("merge", other.path, code=1)["clashes"]
    assert (line["coder"], line["codes"]) == ("AK", ["Change > Better", "Change > Worse"])
    assert shell("verify") == 0


def test_codes_that_exclude_each_other_are_listed_after_an_import(shell: Shell, other: Shell, tmp_path: Path) -> None:
    rows = table(tmp_path, "both", "P07,2,My midwife said,Better", "P07,2,midwife,Worse", "P07,3,form,Worse")
    assert other("codings", "import", rows) == 1
    assert other.err.count("only one “change” can be") == 1
    assert len(other.json("codings", "list")) == 3
    assert other("codings", "import", rows, coder="RM") == 1
    assert other.err.count("by RM") == 1


def test_only_different_codes_of_one_domain_by_one_coder_on_shared_words_clash() -> None:
    better, worse = Code(id="b", name="Better", domain="d"), Code(id="w", name="Worse", domain="d")
    book = Codebook(
        [better, worse, Code(id="o", name="Old", retired=True, merged_into="b"), Code(id="x", name="X", domain="e")]
    )

    def coding(name: str, start: int, end: int, code: str, coder: str = "ak", document: str = "1") -> Coding:
        return Coding(id=name, document=document, text="t", start=start, end=end, code=code, coder=coder)

    found = clashes(
        [
            coding("1", 0, 10, "b"),
            coding("2", 10, 20, "w"),
            coding("3", 2, 12, "o"),
            coding("4", 0, 10, "x"),
            coding("5", 0, 10, "w", coder="rm"),
            coding("6", 0, 10, "w", document="2"),
            coding("7", 11, 11, "b"),
        ],
        book,
    )
    assert [(clash.first.id, clash.second.id, clash.span) for clash in found] == [("3", "2", (10, 12))]


def test_a_move_that_was_left_out_is_the_other_value_and_not_the_one_that_stands(shell: Shell, other: Shell) -> None:
    assert shell("codes", "move", "Mistrust", "--under", "Change") == 0
    assert other("codes", "move", "Change", "--under", "Mistrust", coder="RM") == 0
    assert shell("merge", other.path) == 1
    (line,) = shell.json("conflicts", code=1)
    assert (line["name"], line["field"]) == ("Change", "parent")
    assert [(choice["keep"], choice["value"]) for choice in line["choices"]] == [
        ("standing", None),
        ("other", "Change > Mistrust"),
    ]
    assert line["choices"][1]["by"] == "RM"
    assert shell("conflicts", "--settle", "1", "--keep", "other") == 5
    assert "below itself" in shell.err
    assert shell("conflicts", "--settle", "1") == 0
    assert shell.json("conflicts") == []
    assert shell("verify") == 0


def test_two_documents_of_one_name_are_told_apart_by_id(shell: Shell, other: Shell, tmp_path: Path) -> None:
    for copy, words in ((shell, "one"), (other, "two")):
        path = tmp_path / "P09.txt"
        path.write_text(f"INT: Number?\nP09: It is {words}.\nINT: So?\nP09: So.\n")
        assert copy("documents", "import", path) == 0
    assert shell("merge", other.path) == 0
    assert shell("documents", "show", "P09") == 2
    assert "2 documents are called “P09”" in shell.err
    ids = [document["id"] for document in shell.json("documents", "list") if document["name"] == "P09"]
    assert all(document_id in shell.err or shell("documents", "show", document_id) == 0 for document_id in ids)
    assert shell("codings", "import", table(tmp_path, "nine", "P09,2,It is one,Better")) == 3
    assert "2 documents are called “P09”" in shell.err
    rows = [f"{ids[0]},2,It is,Better", f"{ids[1]},2,It is,Better"]
    assert shell("codings", "import", table(tmp_path, "ten", *rows)) == 0


def test_two_codes_of_one_name_are_told_apart(shell: Shell, other: Shell) -> None:
    for copy, name in ((shell, "New"), (other, "new")):
        assert copy("codes", "add", name) == 0
    assert shell("merge", other.path) == 0
    assert shell("codes", "rename", "new", "Newer") == 0
    assert {"New", "Newer"} <= {code["name"] for code in shell.json("codes", "list")}


def test_merging_what_is_no_copy_says_so(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shell("merge", shell.path) == 2
    assert shell("merge", tmp_path / "nowhere.tbcp") == 4
    assert shell("merge", tmp_path) == 4
    monkeypatch.setattr("sys.argv", ["tbcp-qual", "new", str(tmp_path / "different.tbcp"), "--coder", "AK"])
    assert run(cli) == 0
    assert shell("merge", tmp_path / "different.tbcp") == 5
    assert shell("verify") == 0
