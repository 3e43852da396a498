"""The sample study as files, and built once into a project."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.readers.codebooks import CodebookDraft, read_codebook
from tbcp_qual.readers.documents import Draft, read_document
from tbcp_qual.store import Project
from tbcp_qual.tasks.demo import FIRST_CODER, build_demo

REPOSITORY = Path(__file__).resolve().parents[2]
CODEBOOKS = REPOSITORY / "codebooks"
TRANSCRIPTS = REPOSITORY / "transcripts_sample"


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="session")
def details() -> dict[str, dict[str, str]]:
    """What documents.csv says, by file."""
    return {row["file"]: row for row in table(TRANSCRIPTS / "documents.csv")}


@pytest.fixture(scope="session")
def cohort() -> dict[str, dict[str, str]]:
    """The rows of cohort.csv, by case."""
    return {row["case"]: row for row in table(TRANSCRIPTS / "cohort.csv")}


@pytest.fixture(scope="session")
def drafts(details: dict[str, dict[str, str]]) -> dict[str, Draft]:
    """Every document as our readers read it, by file."""
    return {file: read_document(TRANSCRIPTS / file) for file in details}


@pytest.fixture(scope="session")
def codebook() -> CodebookDraft:
    """The codebook of the sample."""
    return read_codebook(CODEBOOKS / "tbcp.yaml")


class Demo:
    """The sample as `tbcp-qual demo` builds it."""

    def __init__(self, folder: Path) -> None:
        self.said: list[str] = []
        self.built = build_demo(folder, said=self.said.append)
        self.project = Project.open(self.built.path, read_only=True)
        first = self.project.coder_named(FIRST_CODER)
        assert first is not None
        self.viewer = first.id
        self.snapshot: Snapshot = self.project.snapshot(self.viewer)

    def codings_of(self, coder: str) -> list[tuple[str, str]]:
        """Return document and code of each coding of one coder, by name."""
        codes, documents = self.snapshot.codebook.by_id, self.snapshot.document_by_id
        return [
            (documents[c.document].name, codes[c.code].name)
            for c in self.snapshot.codings
            if self.snapshot.coder_by_id[c.coder].name == coder
        ]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The sample built into a project, once for all tests."""
    made = Demo(tmp_path_factory.mktemp("demo"))
    yield made
    made.project.close()
