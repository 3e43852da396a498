"""A process that is killed at any moment loses nothing that `apply` had returned."""

import os
import random
import signal
import subprocess
import sys
import time

from tbcp_qual.store import Project

KILLS = 25

CODER = """
import sys
from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Coding
from tbcp_qual.store import Project

path, document, text, code, coder = sys.argv[1:]
with Project.open(path) as project:
    n = 0
    while True:
        made = Coding(id=new_id(), document=document, text=text, start=n % 20, end=n % 20 + 30, code=code, coder=coder)
        project.apply("coded", [create(made)], coder=coder)
        print(made.id, flush=True)
        if n % 7 == 6:
            project.undo(coder)
            print("-" + made.id, flush=True)
        n += 1
"""


def test_killing_a_coder_many_times_loses_nothing(sample):
    sample.project.close()
    chance = random.Random(20240229)
    arguments = [str(sample.path), sample.document.id, sample.document.text, sample.listened.id, sample.ak.id]
    expected: set[str] = set()
    for _ in range(KILLS):
        coder = subprocess.Popen([sys.executable, "-c", CODER, *arguments], stdout=subprocess.PIPE, text=True)
        assert coder.stdout is not None
        said = [coder.stdout.readline().strip()]
        time.sleep(chance.uniform(0, 0.06))
        os.kill(coder.pid, signal.SIGKILL)
        said += coder.stdout.read().splitlines()
        coder.wait()
        coder.stdout.close()
        assert said[0], "the coder never started"
        for line in said:
            if line.startswith("-"):
                expected.discard(line[1:])
            else:
                expected.add(line)
        with Project.open(sample.path, read_only=True) as project:
            there = {c.id for c in project.snapshot(sample.ak.id).codings}
        # Only the undo of the last coding may be on disk without having been said.
        assert expected - there <= {said[-1]}
        expected &= there
    with Project.open(sample.path) as project:
        assert project.verify() == []


HALF_WRITTEN = """
import os, sys
from tbcp_qual.store import Project

project = Project.open(sys.argv[1])
project._db.execute("PRAGMA cache_size = 1")
project._db.execute("BEGIN IMMEDIATE")
project._db.executemany("INSERT INTO coder VALUES (?, ?)", ((str(n), "x" * 500) for n in range(2000)))
os._exit(1)
"""


def test_a_half_written_file_is_put_right_even_when_it_is_opened_for_reading(sample):
    sample.project.close()
    subprocess.run([sys.executable, "-c", HALF_WRITTEN, str(sample.path)], check=False)
    assert sample.path.with_name(sample.path.name + "-journal").stat().st_size > 0
    with Project.open(sample.path, read_only=True) as project:
        assert len(project.records("coder")) == 2
        assert project.verify() == []
