"""What all tests share: real project files in a folder of their own."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from tbcp_qual.coding.changes import Revision, create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Code, Coder, Document, Turn
from tbcp_qual.coding.text import text_hash
from tbcp_qual.store import Project
from tbcp_qual.tasks.replacing import Replacement, replace_words

# The same examples each time, so that the gate is the same for everybody; HYPOTHESIS_PROFILE=explore draws new ones.
settings.register_profile("gate", derandomize=True)
settings.register_profile("explore")
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "gate"))

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture
def shared_data() -> Path:
    """The folder of real material beside the repository; it is not part of it."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real transcripts and published tables lie beside the repository, and are not here")
    return folder


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the settings and places of whoever runs the tests out of them."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "TBCP_PROJECT", "TBCP_CODER"):
        monkeypatch.delenv(name, raising=False)


class Sample:
    """A small project: one parent interview of three turns, three codes, the coders AK and RM."""

    TEXT = "INT: How did you first hear of it?\nP07: My midwife said. She just sat with me.\nP07: It was not for the form.\n"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.project = Project.create(path, name="Sample")
        self.ak = Coder(id=new_id(), name="AK")
        self.rm = Coder(id=new_id(), name="RM")
        self.key_worker = Code(id=new_id(), name="Key worker", status="agreed")
        self.listened = Code(id=new_id(), name="Being listened to", position=1)
        self.mistrust = Code(id=new_id(), name="Mistrust", position=2)
        text = text_hash(self.TEXT)
        self.document = Document(id=new_id(), name="P07", source_type="parent", text=text)
        lines, place, turns = self.TEXT.splitlines(), 0, []
        for line in lines:
            speaker, _, said = line.partition(": ")
            start = place + len(speaker) + 2
            turns.append(
                Turn(
                    id=new_id(),
                    document=self.document.id,
                    text=text,
                    head=place,
                    start=start,
                    end=start + len(said),
                    speaker=speaker,
                    role="interviewer" if speaker == "INT" else "participant",
                )
            )
            place += len(line) + 1
        self.turns = turns
        records = [self.ak, self.rm, self.key_worker, self.listened, self.mistrust, self.document, *turns]
        self.project.apply("sample made", [create(r) for r in records], coder="", texts=[self.TEXT], undoable=False)


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Sample]:
    """A small project in a file of its own."""
    made = Sample(tmp_path / "sample.tbcp")
    yield made
    made.project.close()


def revise_texts(
    project: Project, replacements: Mapping[str, Iterable[Replacement]], *, label: str, coder: str
) -> Revision | None:
    """Replace words in documents, by their ids, as one revision."""
    documents = {document.id: document for document in project.records("document")}
    replaced = [replace_words(project, documents[document], places) for document, places in replacements.items()]
    changes = [change for one in replaced for change in one.changes]
    return project.apply(label, changes, coder=coder, texts=[one.text for one in replaced if one.changes])
