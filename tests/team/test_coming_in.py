"""What a merge would bring in is told before it is done, and never more of a blind round than may be known."""

import shutil
from pathlib import Path

import pytest

from tbcp_qual.errors import Conflict, UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.coming_in import coming
from tbcp_qual.tasks.documents import mark_done
from tbcp_qual.tasks.rounds import open_round

from ..conftest import Sample


@pytest.fixture
def copy(sample: Sample, tmp_path: Path) -> Path:
    """A copy in which RM has finished P07."""
    path = tmp_path / "copy.tbcp"
    shutil.copy(sample.path, path)
    with Project.open(path) as theirs:
        mark_done(theirs, ["P07"], sample.rm.id)
    return path


def test_new_acts_are_counted_by_coder_and_nothing_is_written(sample: Sample, copy: Path) -> None:
    before = sample.project.revision_ids()
    found = coming(sample.project, copy, viewer=sample.ak.id)
    assert (found.revisions, found.by_coder, found.pack, found.withheld) == (1, {"RM": 1}, "", False)
    assert sample.project.revision_ids() == before


def test_of_a_blind_round_only_the_others_own_coder_is_told_how_much(sample: Sample, copy: Path) -> None:
    open_round(sample.project, "1", by=sample.ak.id, coders=["AK", "RM"], documents=["P07"])
    told = coming(sample.project, copy, viewer=sample.ak.id)
    assert (told.by_coder, told.withheld) == ({}, True)
    own = coming(sample.project, copy, viewer=sample.rm.id)
    assert (own.by_coder, own.withheld) == ({"RM": 1}, False)


def test_another_project_and_the_very_same_file_are_refused(sample: Sample, tmp_path: Path) -> None:
    Project.create(tmp_path / "other.tbcp", name="Other").close()
    with pytest.raises(Conflict, match="another project"):
        coming(sample.project, tmp_path / "other.tbcp", viewer="")
    with pytest.raises(UsageError, match="this very file"):
        coming(sample.project, sample.path, viewer="")
