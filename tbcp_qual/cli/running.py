"""What all commands share: late imports, options, errors as sentences, JSON on stdout and remarks on stderr."""

import contextlib
import functools
import getpass
import importlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tbcp_qual.errors import QualError, UsageError

if TYPE_CHECKING:
    from tbcp_qual.store import Project

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(slots=True)
class Session:
    """Which project, and who is asking, as the command line says it."""

    project: str | None = None
    coder: str | None = None

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
        return str(named) if named else getpass.getuser()

    @contextlib.contextmanager
    def reading(self) -> "Iterator[tuple[Project, str]]":
        """Open the project for reading; give it with the id of the coder who looks."""
        from tbcp_qual.store import Project

        with Project.open(self.path(), read_only=True) as project:
            known = project.coder_named(self.coder_name())
            if known is None and self.coder:
                names = ", ".join(c.name for c in project.records("coder")) or "nobody yet"
                raise UsageError(f"There is no coder “{self.coder}” in this project.", f"There is: {names}.")
            yield project, known.id if known else ""

    @contextlib.contextmanager
    def writing(self) -> "Iterator[tuple[Project, str]]":
        """Open the project for writing; give it with the id of the coder, who is added if new."""
        from tbcp_qual.store import Project
        from tbcp_qual.tasks.coders import ensure_coder

        with Project.open(self.path()) as project:
            before = len(project.records("coder"))
            coder = ensure_coder(project, self.coder_name())
            if before and len(project.records("coder")) > before:
                remark(f"{coder.name} is a new coder in this project.")
            yield project, coder.id


def _settings() -> dict[str, Any]:
    import tomllib

    import platformdirs

    path = Path(platformdirs.user_config_dir("tbcp-qual", appauthor=False)) / "settings.toml"
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
        return command(session, *args, **kwargs)

    return with_session  # type: ignore[return-value]


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def print_json(value: object) -> None:
    """Print a value as JSON on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(rows: Sequence[Sequence[object]], headings: Sequence[str]) -> None:
    """Print rows in columns on stdout; numbers to the right."""
    lines = [[str(h) for h in headings], *([_plain(cell) for cell in row] for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(headings))]
    numeric = [bool(rows) and all(isinstance(row[i], int | float) for row in rows) for i in range(len(headings))]
    for line in lines:
        cells = [c.rjust(w) if n else c.ljust(w) for c, w, n in zip(line, widths, numeric, strict=True)]
        click.echo("  ".join(cells).rstrip())


def _plain(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:.3f}"
    return "".join(c if c.isprintable() else " " for c in str(cell))


def remark(text: str) -> None:
    """Say something to the person, on stderr."""
    click.echo(text, err=True)


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
        problem.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        remark("tbcp-qual: interrupted; what was finished is kept.")
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as problem:
        where = f"{problem.filename}: " if problem.filename else ""
        remark(f"tbcp-qual: {where}{problem.strerror or type(problem).__name__}.")
        return 3
