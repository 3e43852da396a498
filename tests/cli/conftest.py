"""What the tests of commands share."""

import pytest

from tests.cli.shell import Shell
from tests.conftest import Sample


@pytest.fixture
def shell(sample: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Commands on the sample project, as AK."""
    sample.project.close()
    return Shell(sample.path, monkeypatch, capsys)
