"""From a name in a transcript to no trace of it: check, replace, purge; and a mother who withdraws."""

import shutil
import stat
from pathlib import Path

import pytest

from tbcp_qual.store import Project
from tests.cli.shell import Shell

INTERVIEW = """INT: How did you hear of it?
P07: My midwife told me. My son Zebedee was eleven weeks old.
INT: And then?
P07: She rang me on 07700 900123, and Zebedee's dad came round.
"""
GROUP = """INT: What was it like?
P07: They were kind to me and to my two, honestly they were very kind.
P09: I liked the biscuits best of all things.
"""


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Two documents, coded, with a memo and an attribute that hold the name too."""
    (tmp_path / "P07 interview.txt").write_text(INTERVIEW, encoding="utf-8")
    (tmp_path / "G1 group.txt").write_text(GROUP, encoding="utf-8")
    (tmp_path / "names.txt").write_text("Zebedee\n", encoding="utf-8")
    shell = Shell(tmp_path / "study.tbcp", monkeypatch, capsys)
    with Project.create(shell.path, name="Study"):
        pass
    assert shell("documents", "import", tmp_path / "P07 interview.txt", tmp_path / "G1 group.txt") == 0
    assert shell("codes", "add", "Kindness") == 0
    (tmp_path / "codings.csv").write_text(
        "document,turn,quotation,code,memo,negative\n"
        "P07 interview,4,Zebedee's dad came round,Kindness,Zebedee again,\n"
        "G1 group,2,They were kind to me,Kindness,,\n"
        "G1 group,3,I liked the biscuits,Kindness,,\n",
        encoding="utf-8",
    )
    assert shell("codings", "import", tmp_path / "codings.csv") == 0
    return shell


def names(shell: Shell) -> Path:
    return shell.path.with_name("names.txt")


def kinds(shell: Shell, *arguments: str | Path, code: int = 1) -> list[tuple[str, str]]:
    found = shell.json("privacy", "check", "--names", names(shell), *arguments, code=code)["findings"]
    return [(one["kind"], one["words"]) for one in found]


def test_a_check_says_what_is_open_and_where(shell: Shell) -> None:
    found = kinds(shell)
    assert ("name", "Zebedee") in found
    assert ("phone number", "07700 900123") in found
    assert ("exact age", "eleven weeks old") in found
    assert shell("privacy", "check", "--names", names(shell)) == 1
    assert "P07 interview, turn 2" in shell.out
    assert "memo on P07 interview" in shell.out
    assert "Names by a language model: off." in shell.err
    assert kinds(shell, "G1 group", code=0) == []
    assert kinds(shell, "--kind", "phone number") == [("phone number", "07700 900123")]
    assert shell("privacy", "check", "--kind", "zodiac sign") == 2


def test_findings_are_kept_with_a_reason_ignored_and_opened_again(shell: Shell) -> None:
    found = shell.json("privacy", "check", "--names", names(shell), code=1)["findings"]
    age = next(one["id"] for one in found if one["kind"] == "exact age")
    assert shell("privacy", "keep", age, "--names", names(shell)) == 2
    assert "Why may these words stay?" in shell.err
    assert shell("privacy", "keep", age, "--names", names(shell), "--reason", "the mother agreed") == 0
    assert shell("privacy", "ignore", "--kind", "name", "--names", names(shell)) == 0
    assert [kind for kind, _ in kinds(shell)] == ["phone number"]
    settled = shell.json("privacy", "check", "--all", "--names", names(shell), code=1)["findings"]
    assert {(one["state"], one["reason"]) for one in settled} >= {("keep", "the mother agreed"), ("ignore", "")}
    assert b"zebedee" not in b"".join(r.digest.encode() for r in _records(shell, "ruling"))
    assert shell("privacy", "reopen", age, "--names", names(shell)) == 0
    assert ("exact age", "eleven weeks old") in kinds(shell)
    assert shell("privacy", "keep", "00000000", "--reason", "x") == 2


def _records(shell: Shell, kind: str) -> list:
    with Project.open(shell.path, read_only=True) as project:
        assert project.verify() == []
        return project.records(kind)


def test_names_are_replaced_with_codings_in_place_then_purged_from_every_byte(shell: Shell, tmp_path: Path) -> None:
    key = tmp_path / "key" / "pseudonyms.csv"
    assert (
        shell("privacy", "replace", "--kind", "name", "--kind", "phone number", "--names", names(shell), "--list", key)
        == 0
    )
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    listed = key.read_text(encoding="utf-8")
    assert "Zebedee" in listed
    words = {c["document"]: c["words"] for c in shell.json("codings", "list") if "dad" in c["words"]}
    ((_, coded),) = words.items()
    assert coded.endswith("]'s dad came round")
    memos = [c["memo"] for c in shell.json("codings", "list") if c["memo"]]
    assert memos[0].endswith(" again")
    assert "Zebedee" not in memos[0]
    assert b"Zebedee" in shell.path.read_bytes()
    assert shell("privacy", "purge", "--list", key) == 0
    assert "Nothing was changed" in shell.err
    assert shell("privacy", "purge", "--list", key, "--yes") == 0
    raw = shell.path.read_bytes()
    assert b"Zebedee" not in raw
    assert b"07700 900123" not in raw
    assert _records(shell, "document")
    assert [c["words"] for c in shell.json("codings", "list") if "dad" in c["words"]] == [coded]
    assert shell("undo") == 5


def test_a_replacement_can_be_undone_until_it_is_purged(shell: Shell, tmp_path: Path) -> None:
    key = tmp_path / "pseudonyms.csv"
    assert (
        shell("privacy", "replace", "--kind", "name", "--names", names(shell), "--list", key, "--with", "[Child A]")
        == 0
    )
    assert [kind for kind, _ in kinds(shell)] == ["exact age", "phone number"]
    assert shell("undo") == 0
    assert ("name", "Zebedee") in kinds(shell)
    assert shell("privacy", "purge", "--list", key) == 1
    assert "Still in the present text: P07 interview" in shell.err


def test_what_people_repeat_of_somebody_who_withdraws_goes_too(shell: Shell) -> None:
    memo = "She said They were kind to me and to my two, and I believe her."
    assert shell("memos", "add", "--code", "Kindness", memo) == 0
    told = shell.json("participants", "withdraw", "P07", "--yes")
    assert len(told["repeated in"]) == 1
    assert b"kind to me and" not in shell.path.read_bytes()
    (kept,) = shell.json("memos", "list")
    assert kept["body"] == "She said [withdrawn], and I believe her."


def test_a_participant_withdraws_and_others_words_stay(shell: Shell) -> None:
    assert shell("participants", "withdraw", "P07") == 0
    assert "documents: P07 interview" in shell.err
    assert "what they said in: G1 group (1 turn)" in shell.err
    assert "2 codings of all coders" in shell.err
    assert "Nothing was changed" in shell.err
    told = shell.json("participants", "withdraw", "P07", "--yes")
    assert (told["documents"], told["shared documents"], told["codings"]) == (["P07 interview"], ["G1 group"], 2)
    raw = shell.path.read_bytes()
    for words in ("midwife told", "Zebedee's dad", "kind to me", "very kind"):
        assert words.encode() not in raw
    assert [c["words"] for c in shell.json("codings", "list")] == ["I liked the biscuits"]
    (gone,) = [p for p in _records(shell, "participant") if p.label == "P07"]
    assert gone.withdrawn
    assert shell("undo") == 5
    assert shell("participants", "withdraw", "P99") == 2


def test_a_file_that_was_taken_out_for_good_is_refused_and_the_others_come_in(shell: Shell, tmp_path: Path) -> None:
    """A document must not stand on a text of which nothing is left."""
    assert shell("participants", "withdraw", "P07", "--yes") == 0
    (tmp_path / "P12.txt").write_text("INT: Who?\nP12: Nobody.\n", encoding="utf-8")
    assert shell("documents", "import", tmp_path / "P07 interview.txt", tmp_path / "P12.txt") == 3
    assert "taken out of the project for good" in shell.err
    assert [d["name"] for d in shell.json("documents", "list")] == ["P12", "G1 group"]
    assert shell("documents", "revise", "P12", tmp_path / "P07 interview.txt", "--anyway") == 5
    assert "taken out of the project for good" in shell.err
    assert shell("verify", shell.path) == 0


def test_a_purge_takes_a_name_however_it_is_written(shell: Shell, tmp_path: Path) -> None:
    """In capitals, in small letters, over the end of a line, and at the start of one."""
    written = "INT: Who?\nP09: ZEBEDEE QUARK, and zebedee quark, and Zebedee\nQuark. I hope so.\nINT: Hope came too?\n"
    (tmp_path / "P09.txt").write_text(written, encoding="utf-8")
    (tmp_path / "only capitals.txt").write_text("INT: Who?\nP10: ZEBEDEE QUARK did.\n", encoding="utf-8")
    (tmp_path / "names.txt").write_text("Zebedee Quark\nHope\n", encoding="utf-8")
    assert shell("documents", "import", tmp_path / "P09.txt", tmp_path / "only capitals.txt") == 0
    assert shell("memos", "add", "We hope.\nZebedee Quark\n  ZEBEDEE\n quark and Hope") == 0
    assert shell("privacy", "purge") == 0
    assert shell("privacy", "replace", "--kind", "name", "--names", names(shell)) == 0
    assert shell("privacy", "purge", "--yes") == 0, shell.err
    raw = shell.path.read_bytes().lower()
    assert b"zebedee" not in raw
    assert b"quark" not in raw
    assert b"we hope." in raw
    assert b"i hope so" in raw
    assert b"hope came too" not in raw
    assert shell("verify", shell.path) == 0


def test_a_purge_says_where_a_name_still_stands_in_other_letters(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "P09.txt").write_text("INT: Who?\nP09: ZEBEDEE did.\n", encoding="utf-8")
    assert shell("privacy", "replace", "--kind", "name", "--names", names(shell)) == 0
    assert shell("documents", "import", tmp_path / "P09.txt") == 0
    assert shell("privacy", "purge") == 1
    assert "Still in the present text: P09" in shell.err


def test_what_was_kept_in_one_document_is_opened_again_there_alone(shell: Shell, tmp_path: Path) -> None:
    for name in ("A", "B"):
        (tmp_path / f"{name}.txt").write_text(f"INT: {name}?\nP09: Zebedee did.\n", encoding="utf-8")
        assert shell("documents", "import", tmp_path / f"{name}.txt") == 0
    check = ("privacy", "check", "A", "B", "--kind", "name", "--names", names(shell))
    found = {one["name"]: one["id"] for one in shell.json(*check, code=1)["findings"]}
    assert set(found) == {"A", "B"}
    assert shell("privacy", "keep", *found.values(), "--reason", "agreed", "--names", names(shell)) == 0
    for name in ("A", "B"):
        assert shell("privacy", "reopen", found[name], "--names", names(shell)) == 0
        assert [one["name"] for one in shell.json(*check, code=1)["findings"]] == [name]
        assert shell("undo") == 0


def test_a_copy_takes_in_what_was_replaced_and_purged_before_it_ever_saw_it(shell: Shell, tmp_path: Path) -> None:
    other = tmp_path / "other.tbcp"
    shutil.copy(shell.path, other)
    (tmp_path / "P09.txt").write_text("INT: Who?\nP09: Zebedee did.\n", encoding="utf-8")
    assert shell("documents", "import", tmp_path / "P09.txt") == 0
    assert shell("privacy", "replace", "--kind", "name", "--names", names(shell)) == 0
    assert shell("privacy", "purge", "--yes") == 0
    assert shell("merge", shell.path, "--project", other) == 0, shell.err
    assert [d["name"] for d in shell.json("documents", "list", "--project", other)] == [
        d["name"] for d in shell.json("documents", "list")
    ]
    assert b"Zebedee" not in other.read_bytes()
    assert shell("verify", other) == 0


@pytest.mark.parametrize("corrected_first", [True, False])
def test_a_transcript_corrected_elsewhere_brings_no_words_back(
    shell: Shell, tmp_path: Path, corrected_first: bool
) -> None:
    other = tmp_path / "other.tbcp"
    shutil.copy(shell.path, other)
    (tmp_path / "corrected.txt").write_text(GROUP.replace("biscuits", "biscuits and the tea"), encoding="utf-8")
    correct = ("documents", "revise", "G1 group", tmp_path / "corrected.txt", "--project", other)
    withdraw = ("participants", "withdraw", "P07", "--yes")
    for command in (correct, withdraw) if corrected_first else (withdraw, correct):
        assert shell(*command) == 0
    assert shell("merge", other) in (0, 1)
    assert "taken out again: G1 group" in shell.err
    assert shell("merge", shell.path, "--project", other) in (0, 1)
    for path in (shell.path, other):
        assert b"kind to me" not in path.read_bytes()
        assert shell("documents", "show", "G1 group", "--project", path) == 0
        assert "[withdrawn]" in shell.out
        assert shell("verify", path) == 0
    assert shell("merge", other) in (0, 1)
    assert "taken out again" not in shell.err


def test_names_that_the_list_of_cases_holds_are_found_there_and_in_the_texts(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "cohort.csv").write_text(
        "case,mother,child_name,key worker,ethnicity,parent\n"
        "F01,Xanthe Brumblewick,Quillon,Orsolya Vex,White British,Lone\n",
        encoding="utf-8",
    )
    (tmp_path / "P09.txt").write_text("INT: Who?\nP09: Then Brumblewick left with Quillon.\n", encoding="utf-8")
    assert shell("cases", "import", tmp_path / "cohort.csv") == 0
    assert shell("documents", "import", tmp_path / "P09.txt") == 0
    found = {words for kind, words in kinds(shell) if kind == "name"}
    assert {"Xanthe Brumblewick", "Quillon", "Orsolya Vex", "Brumblewick"} <= found
    assert not found & {"White British", "White", "British", "Lone"}


def test_a_memo_that_repeats_what_goes_is_named_by_its_id(shell: Shell) -> None:
    assert shell("memos", "add", "She said: she rang me on 07700 900123, and Zebedee's dad came round") == 0
    (memo,) = [m["id"] for m in shell.json("memos", "list") if "She said" in m["body"]]
    assert shell("participants", "withdraw", "P07") == 0
    assert f"instead: memo ({memo[-8:]})" in shell.err


def test_what_is_known_of_a_family_goes_with_the_last_of_it_unless_the_team_says_otherwise(
    shell: Shell, tmp_path: Path
) -> None:
    (tmp_path / "cohort.csv").write_text(
        "case,level of need,PHQ-9 T1\nF07,quagmirish,17\nF08,low,3\n", encoding="utf-8"
    )
    assert shell("cases", "import", tmp_path / "cohort.csv") in (0, 1), shell.err
    assert shell("participants", "set", "P07", "--case", "F07") == 0, shell.err
    assert shell("participants", "set", "P09", "--case", "F07") == 0
    withdraw = ("participants", "withdraw", "P07")
    assert shell(*withdraw) == 0
    assert "Staying of family F07, for P09 of the same family still takes part: 2 attributes" in shell.err
    assert shell(*withdraw, "--yes") == 0
    assert b"quagmirish" in shell.path.read_bytes()
    assert shell("participants", "withdraw", "P09", "--keep-family") == 0
    assert "for the team keeps it" in shell.err
    shutil.copy(shell.path, tmp_path / "older.tbcp")
    told = shell.json("participants", "withdraw", "P09", "--yes")
    assert (told["family"], len(told["attributes"]) + told["measures"], told["family stays"]) == ("F07", 2, "")
    for path in (shell.path, tmp_path / "older.tbcp"):
        assert shell("verify", path) == 0
    assert b"quagmirish" not in shell.path.read_bytes()
    assert shell("merge", tmp_path / "older.tbcp") in (0, 1)
    assert b"quagmirish" not in shell.path.read_bytes()
    assert {a.value for a in _records(shell, "attribute")} & {"quagmirish", "low"} == {"low"}


def test_what_a_blind_round_hides_goes_too_and_is_not_told(shell: Shell) -> None:
    assert shell("codes", "add", "Other", coder="RM") == 0
    assert shell("rounds", "open", "1", "--coders", "AK,RM", "--documents", "G1 group") in (0, 1), shell.err
    memo = "P07 said They were kind to me and to my two"
    assert shell("memos", "add", "--document", "G1 group", memo, coder="RM") == 0, shell.err
    told = shell.json("participants", "withdraw", "P07", "--yes")
    assert told["repeated in"] == []
    assert b"kind to me and" not in shell.path.read_bytes()
    assert [memo["body"] for memo in shell.json("memos", "list", coder="RM")] == ["P07 said [withdrawn]"]


def test_a_purge_leaves_ages_alone_that_are_anybodys_to_say(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "P61.txt").write_text("INT: How old?\nP61: He's 7 months, baby Tomasz.\n", encoding="utf-8")
    (tmp_path / "P62.txt").write_text("INT: How long?\nP62: For 7 months, on and off.\n", encoding="utf-8")
    assert shell("documents", "import", tmp_path / "P61.txt", tmp_path / "P62.txt") == 0
    assert shell("memos", "add", "Baby Tomasz, he's 7 months; the pilot ran for 7 months.") == 0
    key = tmp_path / "key.csv"
    for kind in ("name", "exact age"):
        assert shell("privacy", "replace", "--kind", kind, "--list", key) == 0
    assert shell("privacy", "purge", "--yes", "--list", key) == 0
    assert "Still in the present text" not in shell.err
    said = "Baby [Child B], he's [baby, about 7 months]; the pilot ran for 7 months."
    assert [memo["body"] for memo in shell.json("memos", "list")] == [said]
    assert b"Tomasz" not in shell.path.read_bytes()
