"""Passphrases on the command line, and the commands `rounds seal` and `rounds unseal`."""

import os
import sys
from pathlib import Path

import click

from tbcp_qual.cli.running import FILE
from tbcp_qual.cli.showing import remark, say
from tbcp_qual.errors import UsageError

VARIABLE = "TBCP_PASSPHRASE"


def passphrase(*, new: bool) -> str:
    """Return a passphrase: from the environment, or typed unseen; a new one is typed twice.

    Raises:
        UsageError: there is neither a variable nor a terminal, or a new one is too short.
    """
    from tbcp_qual.tasks.sealing import check_passphrase

    given = os.environ.get(VARIABLE, "")
    if not given:
        if not sys.stdin.isatty():
            raise UsageError("A passphrase is wanted, and nobody is there to type it.", f"Set {VARIABLE}.")
        given = click.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True)
    if new:
        check_passphrase(given)
    return given


@click.command()
@click.argument("file", type=FILE)
@click.argument("to", type=FILE, required=False)
def seal(file: Path, to: Path | None) -> None:
    """Write a sealed copy of FILE, which nobody reads without the passphrase; else to FILE.age.

    The format is age, which the program `age` opens too. The passphrase is asked for, or taken from TBCP_PASSPHRASE;
    send it on another way than the file. Without it nobody can open the file, and nobody can find it out for you.
    """
    from tbcp_qual.tasks.sealing import SUFFIX
    from tbcp_qual.tasks.sealing import seal as write_sealed

    target = to or file.with_name(file.name + SUFFIX)
    write_sealed(file, target, passphrase(new=True))
    say(f"{target}: sealed. Send the passphrase on another way than the file.")


@click.command()
@click.argument("file", type=FILE)
@click.argument("to", type=FILE, required=False)
def unseal(file: Path, to: Path | None) -> None:
    """Write what a sealed FILE holds; else to its name without .age."""
    from tbcp_qual.tasks.sealing import SUFFIX
    from tbcp_qual.tasks.sealing import unseal as write_opened

    target = to or file.with_name(file.name.removesuffix(SUFFIX))
    write_opened(file, target, passphrase(new=False))
    say(f"{target}: opened.")
    remark("What is in it is not encrypted any more: keep it on an encrypted disk.")
