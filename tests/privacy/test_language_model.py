"""People as a language model sees them: off where none is installed, used where one is given."""

from pathlib import Path

import pytest

from tbcp_qual.errors import UsageError
from tbcp_qual.language import pipeline
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.scanning import scan

spacy = pytest.importorskip("spacy", reason="spaCy comes with the extra `names` alone")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model on disk that knows two people and a town."""
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "PERSON", "pattern": "Zephyrine"},
            {"label": "PERSON", "pattern": "But"},
            {"label": "GPE", "pattern": "Ilkley"},
        ]
    )
    path = tmp_path_factory.mktemp("model") / "people"
    nlp.to_disk(path)
    return path


@pytest.fixture
def _installed(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same model as an installed package has it: a module with an entry point."""
    package = tmp_path / "en_people_sm"
    package.mkdir()
    package.joinpath("__init__.py").write_text("", encoding="utf-8")
    package.joinpath("meta.json").write_bytes((model / "meta.json").read_bytes())
    about = tmp_path / "en_people_sm-1.0.dist-info"
    about.mkdir()
    about.joinpath("METADATA").write_text("Metadata-Version: 2.1\nName: en-people-sm\nVersion: 1.0\n", encoding="utf-8")
    about.joinpath("entry_points.txt").write_text("[spacy_models]\nen_people_sm = en_people_sm\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return


def test_people_are_found_and_towns_are_not(model: Path) -> None:
    text = "Then Zephyrine moved to Ilkley. But why?"
    found = scan(text, Known(model=str(model)))
    assert [(f.kind, text[f.start : f.end]) for f in found] == [("name", "Zephyrine")]
    assert scan(text, Known()) == ()


def test_long_texts_are_read_in_stretches_with_right_offsets(model: Path) -> None:
    text = "so it goes on and on\n" * 6000 + "and Zephyrine came"
    ((start, end),) = pipeline.people_in(text, str(model))
    assert text[start:end] == "Zephyrine"
    assert pipeline.people_in("", str(model)) == ()
    assert pipeline.people_in("x" * 120_000, str(model)) == ()


def test_a_model_that_is_not_there_is_refused_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be loaded"):
        pipeline.people_in("Zephyrine", str(tmp_path / "none"))


@pytest.mark.usefixtures("_installed")
def test_an_installed_model_is_seen() -> None:
    assert pipeline.names_available() == "en_people_sm"


def test_without_a_model_names_are_off() -> None:
    if spacy.util.get_installed_models():
        pytest.skip("a model is installed here")
    assert pipeline.names_available() is None
