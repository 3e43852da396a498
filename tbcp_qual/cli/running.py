"""What all commands share: late imports, options, the project and who asks, errors as sentences."""

import contextlib
import functools
import getpass
import importlib
import io
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tbcp_qual.cli.showing import print_json, remark
from tbcp_qual.errors import QualError, UsageError

if TYPE_CHECKING:
    from tbcp_qual.store import Project

F = TypeVar("F", bound=Callable[..., Any])

FILE = click.Path(path_type=Path, readable=False)
"""A file or folder named by a person; whether it can be read is found out by whoever reads it, in a sentence."""

FAULT = 70
"""Exit code where the program itself is at fault."""


@dataclass(slots=True)
class Session:
    """Which project, and who is asking, as the command line says it."""

    project: str | None = None
    coder: str | None = None
    wrote: bool = False
    """Whether the project was opened for writing."""

    def path(self) -> Path:
        """Return the project file: named, or from the environment, or the only one in this folder."""
        named = self.project or os.environ.get("TBCP_PROJECT")
        if named:
            return Path(named)
        here = sorted(Path.cwd().glob("*.tbcp"))
        if len(here) == 1:
            return here[0]
        if here:
            raise UsageError(f"There are {len(here)} projects in this folder.", "Say which: --project FILE")
        raise UsageError(
            "There is no project in this folder.", "`tbcp-qual new NAME.tbcp` makes one; or --project FILE"
        )

    def coder_name(self) -> str:
        """Return who is asking: named, or from the environment, the settings, or the login name."""
        named = self.coder or os.environ.get("TBCP_CODER") or _settings().get("coder")
        if named:
            return str(named)
        try:
            return getpass.getuser()
        except (OSError, KeyError, ImportError):
            raise UsageError("Nobody knows who you are.", "Say it: --coder NAME") from None

    @contextlib.contextmanager
    def reading(self) -> "Iterator[tuple[Project, str]]":
        """Open the project for reading; give it with the id of the coder who looks."""
        from tbcp_qual.store import Project

        with Project.open(self.path(), read_only=True) as project:
            _say_overdue(project)
            try:
                viewer = self.known_coder(project)
            except UsageError:
                if self.coder:
                    raise
                viewer = ""  # whoever only looks need not be a coder
            yield project, viewer

    def known_coder(self, project: "Project") -> str:
        """Return the id of the coder who is asking.

        Raises:
            UsageError: the project has no such coder.
        """
        known = project.coder_named(self.coder_name())
        if known is None:
            names = ", ".join(c.name for c in project.records("coder")) or "nobody yet"
            raise UsageError(f"There is no coder “{self.coder_name()}” in this project.", f"There is: {names}.")
        return known.id

    @contextlib.contextmanager
    def writing(self, *, known: bool = False) -> "Iterator[tuple[Project, str]]":
        """Open the project for writing; give it with the id of the coder.

        Args:
            known: refuse a coder whom the project does not know; else they are added.
        """
        from tbcp_qual.store import Project
        from tbcp_qual.tasks.coders import ensure_coder

        self.wrote = True
        with Project.open(self.path()) as project:
            _say_overdue(project)
            if known:
                yield project, self.known_coder(project)
                return
            before = len(project.records("coder"))
            coder = ensure_coder(project, self.coder_name())
            if before and len(project.records("coder")) > before:
                remark(f"{coder.name} is a new coder in this project.")
            yield project, coder.id


def _say_overdue(project: "Project") -> None:
    """Remind of data that should be gone by now."""
    from tbcp_qual.tasks.projects import overdue

    reminder = overdue(project.info)
    if reminder:
        remark(reminder)


def _settings() -> dict[str, Any]:
    import tomllib

    import platformdirs

    try:
        path = Path(platformdirs.user_config_dir("tbcp-qual", appauthor=False)) / "settings.toml"
    except RuntimeError:  # nobody's home
        return {}
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        remark(f"Your settings in {path} cannot be read; they are left out.")
        return {}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called; its help needs none of them."""

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = dict(lazy or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the table."""
        return [*self.lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in self.lazy:
            return super().get_command(ctx, cmd_name)
        module, name = self.lazy[cmd_name][0].split(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_text) for name, (_, help_text) in self.lazy.items()])


def options(command: F) -> F:
    """Give a command `--project` and `--coder`, and pass it the session as its first argument."""

    @click.option("--coder", metavar="NAME", help="Who you are.")
    @click.option("--project", metavar="FILE", help="The project file.")
    @click.pass_context
    @functools.wraps(command)
    def with_session(
        context: click.Context, /, *args: Any, project: str | None, coder: str | None, **kwargs: Any
    ) -> Any:
        session: Session = context.find_object(Session) or Session()
        if project:
            session.project = project
        if coder:
            session.coder = coder
        try:
            return command(session, *args, **kwargs)
        except QualError as problem:
            if session.wrote or not problem.nothing_yet:
                raise
            return _nothing_yet(context, problem)

    return with_session  # type: ignore[return-value]


class _Json(click.Option):
    """`--json`, which knows what is printed where there is nothing yet."""

    empty: "list[object] | dict[str, object]" = {}


class _JsonRows(_Json):
    empty = []


json_option = click.option("--json", "as_json", cls=_Json, is_flag=True, help="Print JSON.")
json_rows = click.option("--json", "as_json", cls=_JsonRows, is_flag=True, help="Print JSON.")
"""For a command whose JSON is a list."""


def _nothing_yet(context: click.Context, problem: QualError) -> int:
    """Answer whoever only looks that there is nothing yet; what was named, or is to be written, is still missed.

    Raises:
        QualError: something was named, or the command gives no JSON.
    """
    asked = [p for p in context.command.params if isinstance(p, _Json)]
    named = [p for p in context.command.params if isinstance(p, click.Argument) and context.params.get(p.name or "")]
    if not asked or named:
        raise problem
    still_open = problem.exit_code == QualError.exit_code
    if context.params["as_json"]:
        print_json(asked[0].empty)
    elif still_open:
        raise problem
    else:
        remark(f"{problem.message} {problem.hint}".rstrip())
    return problem.exit_code if still_open else 0


def run(group: click.Group) -> int:
    """Run the command line; return the exit code. Errors are one or two lines on stderr, never a traceback."""
    try:
        result = group.main(prog_name="tbcp-qual", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except QualError as problem:
        remark(f"tbcp-qual: {problem.message}")
        if problem.hint:
            remark(f"  {problem.hint}")
        return problem.exit_code
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.exceptions.NoArgsIsHelpError as problem:
        click.echo(problem.ctx.get_help() if problem.ctx else "")
        return 2
    except click.ClickException as problem:
        shown = io.StringIO()
        problem.show(shown)
        for line in shown.getvalue().splitlines():
            remark(line)
        return 2
    except (click.Abort, KeyboardInterrupt):
        remark("tbcp-qual: interrupted; what was finished is kept.")
        return 130
    except SystemExit:
        # Click's answer where the reader of a pipe has stopped, as `head` does.
        return 0
    except OSError as problem:
        where = f"{problem.filename}: " if problem.filename else ""
        remark(f"tbcp-qual: {where}{problem.strerror or type(problem).__name__}.")
        return 3
    except Exception as problem:
        # What the exception says may be words of a transcript: only its kind and place are told.
        remark(f"tbcp-qual: a fault of the program: {type(problem).__name__} in {_place(problem)}.")
        remark("  What was finished is kept. Please report the line above; it holds no words of yours.")
        return FAULT


def _place(problem: BaseException) -> str:
    """Return the file and line of ours that an exception passed last."""
    from traceback import extract_tb

    frames = extract_tb(problem.__traceback__)
    ours = [frame for frame in frames if "tbcp_qual" in Path(frame.filename).parts] or frames
    return f"{Path(ours[-1].filename).name}, line {ours[-1].lineno}"
