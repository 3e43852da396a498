"""What can go wrong, said to a person: what happened, where, and what to do.

Each child carries the exit code of the command line, so that no front end has to guess it.
"""


class QualError(Exception):
    """Something a person can put right: a sentence, and a hint on what to do.

    The message names the record, or the file and line; it never quotes a transcript.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "", *, nothing_yet: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.nothing_yet = nothing_yet
        """Whether nothing is amiss: what was asked for has not been begun, which is an answer to whoever only looks."""


class UsageError(QualError):
    """The command was asked for something it cannot mean."""

    exit_code = 2


class BadInput(QualError):
    """A file handed to us cannot be taken in."""

    exit_code = 3


class ProjectUnusable(QualError):
    """The project file is not one, is damaged, or is newer than this program."""

    exit_code = 4


class Conflict(QualError):
    """Somebody or something else stands in the way: a lock, a later change, a rule."""

    exit_code = 5
