"""What every reader of documents keeps to, whichever format it takes."""

from pathlib import Path

import pytest

from tbcp_qual.errors import BadInput
from tbcp_qual.readers.documents import READERS, SUFFIXES, read_document


def test_no_two_readers_claim_one_suffix() -> None:
    claimed = [suffix for reader in READERS for suffix in reader.suffixes]
    assert len(claimed) == len(set(claimed)) == len(SUFFIXES)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in claimed)
    assert len({reader.name for reader in READERS}) == len(READERS)


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@pytest.mark.parametrize("content", [b"", b"\x00", bytes(range(256)) * 50, b"\xff\xfe\x00", b"%PDF-1.7"])
def test_what_is_unfit_is_refused_by_its_name_and_without_its_words(
    tmp_path: Path, suffix: str, content: bytes
) -> None:
    path = tmp_path / f"unfit{suffix}"
    path.write_bytes(content)
    with pytest.raises(BadInput) as problem:
        read_document(path)
    assert path.name in problem.value.message


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_missing_files_and_folders_are_refused(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(BadInput, match="is not there"):
        read_document(tmp_path / f"none{suffix}")
    (tmp_path / f"folder{suffix}").mkdir()
    with pytest.raises(BadInput, match="is a folder"):
        read_document(tmp_path / f"folder{suffix}")
    with pytest.raises(BadInput):
        read_document(tmp_path / ("n" * 5000 + suffix))
