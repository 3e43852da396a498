"""The list of pseudonyms: stable, outside the project, and its owner's alone."""

import os
import stat
from pathlib import Path

import pytest

from tbcp_qual.errors import BadInput, Conflict
from tbcp_qual.privacy.pseudonyms import Pseudonyms, default_path, numbered_in

only_posix = pytest.mark.skipif(os.name != "posix", reason="file modes say who may read a file only there")


def test_the_same_words_keep_their_pseudonym_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    given = Pseudonyms.load(path)
    first = given.for_("name", "Mrs Patel", "Parent")
    assert first == "[Parent A]"
    assert given.for_("name", "Ms Okafor", "[Parent]") == "[Parent B]"
    assert given.for_("name", "mrs  patel’s", "Worker") == first
    assert given.for_("school", "Mrs Patel", "School") == "[School A]"
    given.save()
    again = Pseudonyms.load(path)
    assert again.for_("name", "MRS PATEL", "Parent") == first
    assert again.for_("name", "Tyler", "Parent") == "[Parent C]"
    assert again.rows()[:2] == (("name", "Mrs Patel", "[Parent A]"), ("name", "Ms Okafor", "[Parent B]"))


def test_after_z_comes_aa_and_what_texts_hold_is_not_given_again(tmp_path: Path) -> None:
    taken = numbered_in("[Parent A] said [Parent C] and [P07]")
    given = Pseudonyms.load(tmp_path / "p.csv", taken=taken)
    letters = [given.for_("name", f"N{number}", "Parent") for number in range(27)]
    assert letters[:2] == ["[Parent B]", "[Parent D]"]
    assert letters[23:] == ["[Parent Z]", "[Parent AA]", "[Parent AB]", "[Parent AC]"]


def test_a_pseudonym_that_a_person_chose_stands_and_may_be_shared(tmp_path: Path) -> None:
    given = Pseudonyms(tmp_path / "p.csv")
    given.keep("name", "Tyler", "[Child A]")
    given.keep("name", "Ty", "[Child A]")
    assert given.for_("name", "ty", "Child") == given.for_("name", "Tyler", "Child") == "[Child A]"
    assert given.for_("name", "Ava", "Child") == "[Child B]"
    with pytest.raises(BadInput, match="square brackets"):
        given.keep("name", "Tyler", "Child A")


@only_posix
def test_only_its_owner_can_read_the_list(tmp_path: Path) -> None:
    path = tmp_path / "state" / "pseudonyms" / "p.csv"
    given = Pseudonyms.load(path)
    given.for_("name", "Tyler", "Child")
    given.save()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["p.csv"]


@only_posix
def test_a_list_that_others_can_read_is_closed_to_them_and_that_is_told(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("kind,words,pseudonym\nname,Tyler,[Child A]\n", encoding="utf-8")
    path.chmod(0o644)
    given = Pseudonyms.load(path)
    assert given.mended
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not Pseudonyms.load(path).mended


def test_what_somebody_else_wrote_meanwhile_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    one, other = Pseudonyms.load(path), Pseudonyms.load(path)
    one.for_("name", "Tyler", "Child")
    one.save()
    other.for_("name", "Ava", "Child")
    with pytest.raises(Conflict):
        other.save()
    assert Pseudonyms.load(path).rows() == (("name", "Tyler", "[Child A]"),)
    one.for_("name", "Ava", "Child")
    one.save()
    assert len(Pseudonyms.load(path)) == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"a,b\n", b"kind,words,pseudonym\nname,Tyler\n", b"kind,words,pseudonym\nname,Tyler,Child A\n", b'kind,words,pseudonym\n"'],
)  # fmt: skip
def test_a_file_that_is_no_list_is_refused_without_its_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput) as problem:
        Pseudonyms.load(path)
    assert path.name in problem.value.message
    assert "Tyler" not in problem.value.message + problem.value.hint


def test_a_list_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    given = Pseudonyms(tmp_path / "file" / "p.csv")
    given.for_("name", "Tyler", "Child")
    with pytest.raises(BadInput) as problem:
        given.save()
    assert "Tyler" not in problem.value.message
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_words_with_commas_quotes_and_line_ends_come_back_whole(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    given = Pseudonyms.load(path)
    given.for_("address", '14 "Beech" Grove,\nLeeds', "Address")
    given.save()
    assert Pseudonyms.load(path).rows() == (("address", '14 "Beech" Grove, Leeds', "[Address A]"),)


def test_the_list_lies_outside_the_projects_folder_unless_told_otherwise() -> None:
    assert default_path("abc").name == "abc.csv"
    assert default_path("abc").parent.name == "pseudonyms"
