"""What is known before a text is looked at: the team's list, and labels that are names."""

import pickle
from pathlib import Path

import pytest

from tbcp_qual.errors import BadInput
from tbcp_qual.privacy.known import Known, names_in_labels, read_team_list


def test_a_teams_list_has_one_name_a_line_with_remarks_and_pseudonyms(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("\ufeff# families\nTyler  Brown = [Child A]  # moved\n\nMrs Patel\n", encoding="utf-8")
    assert read_team_list(path) == {"Tyler Brown": "[Child A]", "Mrs Patel": ""}


@pytest.mark.parametrize(("content", "line"), [("Ava\nTyler = Child A\n", "line 2"), ("= [Child A]\n", "line 1")])
def test_a_line_that_is_wrong_is_named_without_its_words(tmp_path: Path, content: str, line: str) -> None:
    path = tmp_path / "names.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match=line) as problem:
        read_team_list(path)
    assert "names.txt" in problem.value.message
    assert "Tyler" not in problem.value.message


def test_a_list_that_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        read_team_list(tmp_path / "none.txt")
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="UTF-8"):
        read_team_list(tmp_path / "bad.txt")


def test_labels_count_as_names_only_where_they_are_some() -> None:
    assert names_in_labels(["P07", "F02", "AK", "INT", "Interviewer", "Kayleigh", "Parent 3", "K. worker"]) == {
        "Kayleigh": ""
    }


def test_a_name_of_several_words_is_known_by_each_that_is_no_title() -> None:
    assert set(Known(names={"Mrs Ada Okafor": "", "Nan": ""}).parts) == {"Mrs Ada Okafor", "Ada", "Okafor", "Nan"}


def test_what_is_known_goes_to_another_process_whole() -> None:
    known = Known(names={"Tyler": "[Child A]"}, ignored=frozenset({"leeds"}))
    assert known.parts
    assert known.spelt
    assert pickle.loads(pickle.dumps(known)) == known
