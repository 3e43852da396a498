"""A file that is not what it should be gives a sentence and a hint, and is left as it was."""

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from tbcp_qual.errors import Conflict, ProjectUnusable
from tbcp_qual.store import Project
from tbcp_qual.store import file as file_module
from tbcp_qual.store.file import APPLICATION_ID


def test_a_new_project_is_readable_by_its_owner_alone(tmp_path):
    Project.create(tmp_path / "a.tbcp", name="A").close()
    assert stat.S_IMODE((tmp_path / "a.tbcp").stat().st_mode) == 0o600


def test_a_new_project_is_sound_and_says_what_it_is(tmp_path):
    with Project.create(tmp_path / "a.tbcp", name="A", approach="reflexive") as project:
        assert (project.info.name, project.info.approach) == ("A", "reflexive")
        assert project.verify() == []


def test_a_new_project_never_writes_over_a_file(tmp_path):
    path = tmp_path / "a.tbcp"
    path.write_text("somebody's notes")
    with pytest.raises(ProjectUnusable, match="there already"):
        Project.create(path, name="A")
    assert path.read_text() == "somebody's notes"


def test_a_project_in_a_folder_that_is_not_there_leaves_nothing_behind(tmp_path):
    with pytest.raises(ProjectUnusable, match="cannot be made"):
        Project.create(tmp_path / "no" / "a.tbcp", name="A")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "empty"), (b"She just sat with me", "not a tbcp_qual project"), (b"PK\x03\x04" + bytes(200), "not a tbcp")],
)
def test_what_is_no_project_is_said_so(tmp_path, content, said):
    path = tmp_path / "a.tbcp"
    path.write_bytes(content)
    with pytest.raises(ProjectUnusable, match=said) as refused:
        Project.open(path)
    assert refused.value.exit_code == 4
    assert path.read_bytes() == content


def test_a_missing_file_is_not_made_by_opening_it(tmp_path):
    with pytest.raises(ProjectUnusable, match="no file"):
        Project.open(tmp_path / "a.tbcp")
    assert not (tmp_path / "a.tbcp").exists()


def test_a_folder_is_no_project(tmp_path):
    with pytest.raises(ProjectUnusable, match="folder"):
        Project.open(tmp_path)


def test_a_database_of_another_program_is_refused(tmp_path):
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE project (id TEXT)")
    other.commit()
    other.close()
    with pytest.raises(ProjectUnusable, match="another program"):
        Project.open(tmp_path / "other.db")


def test_a_newer_file_is_refused_and_left_untouched(sample):
    sample.project.close()
    db = sqlite3.connect(sample.path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = sample.path.read_bytes()
    with pytest.raises(ProjectUnusable, match="newer") as refused:
        Project.open(sample.path)
    assert "Update" in refused.value.hint
    assert sample.path.read_bytes() == before


def test_a_file_that_was_cut_short_is_refused(sample):
    sample.project.close()
    content = sample.path.read_bytes()
    sample.path.write_bytes(content[: len(content) // 2])
    with pytest.raises(ProjectUnusable, match="cut short"):
        Project.open(sample.path)


def test_a_page_of_noise_is_found(sample):
    sample.project.close()
    content = bytearray(sample.path.read_bytes())
    for place in range(4096, len(content), 4096):
        content[place : place + 64] = b"\xff" * 64
    sample.path.write_bytes(content)
    with pytest.raises(ProjectUnusable, match=r"damaged|cannot be used"):
        Project.open(sample.path).verify()


def test_a_write_protected_file_can_be_read_but_not_written(sample):
    sample.project.close()
    sample.path.chmod(0o400)
    with pytest.raises(ProjectUnusable, match="write-protected"):
        Project.open(sample.path)
    with Project.open(sample.path, read_only=True) as project:
        assert project.info.name == "Sample"


def test_a_file_another_program_is_writing_is_said_to_be_locked(sample, monkeypatch):
    monkeypatch.setattr(file_module, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(sample.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Conflict, match="another program") as refused:
        Project.open(sample.path)
    assert refused.value.exit_code == 5
    other.execute("ROLLBACK")
    other.close()


def test_the_file_says_whose_it_is_and_keeps_no_deleted_words(sample):
    head = sample.path.read_bytes()[:100]
    assert int.from_bytes(head[68:72], "big") == APPLICATION_ID
    assert sample.project._db.execute("PRAGMA secure_delete").fetchone()[0] == 1
    assert sample.project._db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    assert sample.project._db.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert sample.project._db.execute("PRAGMA journal_mode").fetchone()[0] == "delete"


def test_nothing_is_left_beside_the_file(sample):
    sample.project.close()
    assert os.listdir(sample.path.parent) == [sample.path.name]


def test_a_path_with_odd_characters_works(tmp_path):
    path = Path(tmp_path / "odd ?#% name – ü.tbcp")
    Project.create(path, name="A").close()
    with Project.open(path) as project:
        assert project.info.name == "A"
