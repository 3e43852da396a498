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
    late = tmp_path / "late.csv"
    late.write_text("document,turn,quotation,code\nP07,3,It was not,Mistrust\n")
    assert machines["RM"]("codings", "import", late, coder="RM") == 0
    assert opened("merge", machines["RM"].path, coder="TS") == 1
    assert "Coding of round “1” came after it was locked: it is kept, and no part of what was locked." in opened.err
    assert opened.json("merge", machines["RM"].path, coder="TS")["late"] == []
    assert opened.json("agreement", "--round", "1", coder="TS")["pairs"] == [pair]


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


@pytest.mark.parametrize("pack_first", [True, False])
def test_names_that_were_purged_meanwhile_come_back_with_no_pack(
    opened: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], pack_first: bool
) -> None:
    """The coder has written the name offline; whoever merges has no list of pseudonyms."""
    path = tmp_path / "rm.tbcp"
    assert opened("rounds", "pack", "1", "RM", path) == 0
    pack = Shell(path, monkeypatch, capsys)
    coded(pack, tmp_path, "RM", "as her Midwife said")
    assert pack("memos", "add", "the midwife", "--document", "P07", coder="RM") == 0
    names, key = tmp_path / "names.txt", tmp_path / "key.csv"
    names.write_text("midwife\n")
    assert opened("privacy", "replace", "--kind", "name", "--names", names, "--list", key) == 0
    assert opened("privacy", "purge", "--yes", "--list", key) == 0
    key.unlink()
    if pack_first:
        assert opened("merge", path) == 1
        assert "taken out again for good: others' work in a blind round." in opened.err
        assert opened.json("merge", path)["names_withheld"] is False
    assert pack("merge", opened.path, coder="RM") in (0, 1)
    assert opened("merge", path) in (0, 1)
    for shell in (opened, pack):
        assert b"midwife" not in shell.path.read_bytes().lower()
        assert shell("verify", shell.path) == 0


def test_a_sealed_pack_goes_out_comes_back_and_opens_by_its_passphrase_alone(
    opened: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / "there"
    there.mkdir()
    sealed = there / "rm.tbcp.age"
    assert opened("rounds", "pack", "1", "RM", sealed, "--seal", coder="TS") == 2
    assert "TBCP_PASSPHRASE" in opened.err
    monkeypatch.setenv("TBCP_PASSPHRASE", "short")
    assert opened("rounds", "pack", "1", "RM", sealed, "--seal", coder="TS") == 2
    monkeypatch.setenv("TBCP_PASSPHRASE", "lamp river onion tuesday")
    assert opened.json("rounds", "pack", "1", "RM", sealed, "--seal", coder="TS")["sealed"] is True
    assert [path.name for path in there.iterdir()] == [sealed.name]
    assert b"midwife" not in sealed.read_bytes()
    assert sealed.stat().st_mode & 0o077 == 0

    monkeypatch.setenv("TBCP_PASSPHRASE", "lamp river onion monday")
    assert opened("rounds", "unseal", sealed) == 3
    assert "does not open" in opened.err
    monkeypatch.setenv("TBCP_PASSPHRASE", "lamp river onion tuesday")
    assert opened("rounds", "unseal", sealed) == 0
    machine = Shell(there / "rm.tbcp", monkeypatch, capsys)
    assert opened("rounds", "unseal", sealed) == 3
    assert "is there already" in opened.err
    coded(machine, tmp_path, "RM", "note of RM")
    sealed.unlink()
    journal = there / "rm.tbcp-journal"
    journal.write_bytes(b"half of it")
    assert opened("rounds", "seal", machine.path) == 3
    assert "is being written" in opened.err
    journal.unlink()
    assert opened("rounds", "seal", machine.path) == 0
    assert opened("rounds", "seal", sealed) == 3
    assert opened("merge", sealed, coder="TS") == 0, opened.err
    assert not [path for path in opened.path.parent.iterdir() if path.name.endswith((".part", ".part-journal"))]
    damaged = tmp_path / "damaged.age"
    damaged.write_bytes(sealed.read_bytes()[:60])
    assert opened("merge", damaged, coder="TS") == 3
    assert opened("rounds", "unseal", tmp_path / "nowhere.age") == 3
    assert opened("rounds", "unseal", machine.path, tmp_path / "x.tbcp") == 3
    assert "is not sealed" in opened.err
