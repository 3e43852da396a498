"""A file is written whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from tbcp_qual.errors import BadInput
from tbcp_qual.writers.whole import whole_file


def test_a_file_takes_its_place_only_when_all_is_written(tmp_path: Path) -> None:
    target = tmp_path / "table.docx"
    target.write_bytes(b"before")
    with whole_file(target) as file:
        file.write(b"after")
        assert target.read_bytes() == b"before"
    assert target.read_bytes() == b"after"
    assert [p.name for p in tmp_path.iterdir()] == ["table.docx"]


def test_a_failure_leaves_what_was_there_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "table.docx"
    target.write_bytes(b"before")

    def interrupted() -> None:
        with whole_file(target) as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert target.read_bytes() == b"before"
    assert [p.name for p in tmp_path.iterdir()] == ["table.docx"]


def test_a_file_of_quotations_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    with whole_file(tmp_path / "ours") as file:
        file.write(b"x")
        assert {stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()} == {0o600}
    assert stat.S_IMODE((tmp_path / "ours").stat().st_mode) == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real.docx"
    real.write_bytes(b"before")
    link = tmp_path / "link.docx"
    link.symlink_to(real)
    with whole_file(link) as file:
        file.write(b"after")
    assert link.is_symlink()
    assert real.read_bytes() == b"after"


def test_a_folder_or_a_missing_folder_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is a folder"), whole_file(tmp_path):
        pass
    with pytest.raises(BadInput, match="no folder"), whole_file(tmp_path / "no" / "table.docx"):
        pass


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_may_not_be_written_is_said_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(BadInput, match="cannot be written"), whole_file(tmp_path / "table.docx"):
            pass
    finally:
        tmp_path.chmod(0o700)


def test_a_name_that_is_too_long_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be written"), whole_file(tmp_path / ("x" * 300)):
        pass
    assert list(tmp_path.iterdir()) == []
