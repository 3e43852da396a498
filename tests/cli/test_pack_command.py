"""`rounds pack` and `merge` as a manager and a coder use them: there, a fortnight offline, and back."""

from pathlib import Path

import pytest

from tests.cli.shell import Shell


@pytest.fixture
def opened(shell: Shell) -> Shell:
    """A blind round of AK and RM on P07."""
    assert shell("rounds", "open", "1", "--coders", "AK,RM", "--documents", "P07", coder="TS") == 0
    return shell


def coded(shell: Shell, folder: Path, coder: str, memo: str) -> None:
    path = folder / f"{coder}.csv"
    path.write_text(f"document,turn,quotation,code,memo\nP07,2,My midwife said.,Mistrust,{memo}\n")
    assert shell("codings", "import", path, "--done", coder=coder) == 0, shell.err


def test_a_round_worked_on_two_machines_is_brought_together_and_locked(
    opened: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machines = {}
    for coder in ("AK", "RM"):
        path = tmp_path / f"for {coder}.tbcp"
        made = opened.json("rounds", "pack", "1", coder, path, coder="TS")
        assert (made["coder"], made["documents"], made["codings"]) == (coder, ["P07"], 0)
        machines[coder] = Shell(path, monkeypatch, capsys)
        coded(machines[coder], tmp_path, coder, f"note of {coder}")
    for coder in ("RM", "AK", "RM"):
        assert opened("merge", machines[coder].path, coder="TS") == 0, opened.err
    assert opened("rounds", "board", coder="TS") == 0
    assert opened.out.count("done") == 3
    assert opened("rounds", "lock", coder="TS") == 0
    (pair,) = opened.json("agreement", "--round", "1", coder="TS")["pairs"]
    assert pair["codes"][0]["both"] == 1
    assert opened("verify") == 0
    assert machines["AK"]("merge", opened.path) == 0
    assert machines["AK"]("agreement", "--round", "1") == 4
    assert "A pack does not hold it" in machines["AK"].err
    assert b"note of RM" not in machines["AK"].path.read_bytes()


def test_a_pack_says_what_it_holds_and_that_it_is_not_encrypted(opened: Shell, tmp_path: Path) -> None:
    assert opened("rounds", "pack", "1", "rm", tmp_path / "rm.tbcp") == 0
    assert "round “1” for RM, 1 document, 3 turns, 3 codes. Nobody else's work is in it." in opened.out
    assert "not encrypted" in opened.err
    assert opened("rounds", "pack", "1", "RM", tmp_path / "rm.tbcp") == 4
    assert opened("rounds", "pack", "1", "Nobody", tmp_path / "x.tbcp") == 2
    assert opened("rounds", "pack", "2", "RM", tmp_path / "x.tbcp") == 2
    assert opened("codes", "rename", "Mistrust", "Distrust") == 0
    assert opened("rounds", "pack", "1", "RM", tmp_path / "x.tbcp") == 5
    assert "The codebook has been changed" in opened.err
    assert not (tmp_path / "x.tbcp").exists()


def test_no_pack_goes_out_with_names_that_were_replaced_but_not_purged(opened: Shell, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("midwife\n")
    (found,) = [
        one
        for one in opened.json("privacy", "check", "--names", names, code=1)["findings"]
        if one["words"] == "midwife"
    ]
    assert opened("privacy", "replace", found["id"], "--names", names) == 0, opened.err
    assert opened("rounds", "open", "2", "--coders", "AK,RM", "--documents", "P07", coder="TS") == 0
    assert opened("rounds", "pack", "2", "AK", tmp_path / "ak.tbcp") == 5
    assert "Names that were replaced by pseudonyms would go out: they are still in 1 text" in opened.err
    assert opened("privacy", "purge", "--yes") == 0
    assert opened("rounds", "pack", "2", "AK", tmp_path / "ak.tbcp") == 0, opened.err
    assert b"midwife" not in (tmp_path / "ak.tbcp").read_bytes()
