"""Coders are people with an id; a name may be respelt."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tbcp_qual.store import Project

PROGRAM = str(Path(sys.executable).with_name("tbcp-qual"))


def run(sample, *words):
    environment = {**os.environ, "TBCP_PROJECT": str(sample.path)}
    return subprocess.run([PROGRAM, *words], env=environment, capture_output=True, text=True, check=False)


def test_a_coder_is_respelt_and_nothing_else_changes(sample):
    sample.project.close()
    assert run(sample, "coders", "rename", "RM", "R. Mistry", "--coder", "AK").returncode == 0
    listed = json.loads(run(sample, "coders", "list", "--json").stdout)
    assert [(c["name"], c["id"]) for c in listed] == [("AK", sample.ak.id), ("R. Mistry", sample.rm.id)]
    with Project.open(sample.path) as project:
        assert project.verify() == []
        project.undo(sample.ak.id)
        assert project.coder_named("RM").id == sample.rm.id


def test_a_name_somebody_has_is_refused(sample):
    sample.project.close()
    refused = run(sample, "coders", "rename", "RM", "ak", "--coder", "AK")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "somebody has it" in refused.stderr
