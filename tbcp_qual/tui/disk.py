"""Threads that use the disk, in the order of the keys, so that the screen never waits: one writes, one reads.

A job gets the thread's own open project; what it returns goes back to the screen's thread with `done`.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from textual.message import Message
from textual.message_pump import MessagePump

from tbcp_qual.errors import QualError
from tbcp_qual.store import Project

LONGEST_WAIT = 5.0
"""Seconds for which the screen waits for the disk before it shows another document."""

Job = Callable[[Project], Any]


class Answered(Message):
    """A job has been carried out, or could not be; `answer` is to be called in the screen's thread."""

    def __init__(self, answer: Callable[[], None]) -> None:
        super().__init__()
        self.answer = answer


class DiskThread(threading.Thread):
    """Carries out jobs one after the other, on a project of its own."""

    def __init__(self, path: Path, home: MessagePump, *, read_only: bool = False) -> None:
        super().__init__(name="reader" if read_only else "writer", daemon=True)
        self._path = path
        self._home = home
        self._read_only = read_only
        self._jobs: SimpleQueue[tuple[Job, Callable[[Any], None], Callable[[QualError], None]] | None] = SimpleQueue()
        self.waiting = 0
        """Jobs handed in and not yet answered; read and written in the screen's thread."""

    def submit(self, job: Job, done: Callable[[Any], None], failed: Callable[[QualError], None]) -> None:
        """Hand in a job; `done` or `failed` is called later in the screen's thread."""
        self.waiting += 1
        self._jobs.put((job, done, failed))

    def catch_up(self) -> None:
        """Wait until what was handed in so far is done; on a slow disk for some seconds at most."""
        if self.waiting and self.is_alive():
            done = threading.Event()
            self.submit(lambda _: done.set(), lambda _: None, lambda _: None)
            done.wait(LONGEST_WAIT)

    def finish(self) -> None:
        """Wait until all that was handed in is done."""
        self._jobs.put(None)
        self.join()

    def run(self) -> None:
        """Work until told to finish."""
        try:
            project = Project.open(self._path, read_only=self._read_only)
        except QualError as problem:
            self._refuse_all(problem)
            return
        with project:
            while (handed_in := self._jobs.get()) is not None:
                job, done, failed = handed_in
                try:
                    value = job(project)
                except QualError as problem:
                    self._answer(failed, problem)
                except Exception as fault:
                    # A thread that dies unseen would leave all that is done after it unwritten.
                    self._answer(_fail, fault)
                else:
                    self._answer(done, value)

    def _refuse_all(self, problem: QualError) -> None:
        while (handed_in := self._jobs.get()) is not None:
            self._answer(handed_in[2], problem)

    def _answer(self, call: Callable[[Any], None], value: Any) -> None:
        def answer() -> None:
            self.waiting -= 1
            call(value)

        self._home.post_message(Answered(answer))


def _fail(fault: Exception) -> None:
    raise fault
