"""The command that lists the keys of the workbench."""

import click

from tbcp_qual.cli.running import json_option
from tbcp_qual.cli.showing import print_json, print_table, remark


@click.command()
@json_option
def keys(as_json: bool) -> None:
    """List the keys of the workbench: what each does, and the id by which it can be changed.

    \b
    keys.toml in the folder of your settings gives other keys:
      "code.undo" = "ctrl+z"
      "code.pick" = "k, c"
    """
    from tbcp_qual.tui.keys import FILE, listed, read_keymap, shown
    from tbcp_qual.tui.settings import config_folder

    keymap, problem = read_keymap()
    found = listed(keymap)
    if problem:
        remark(problem)
    if as_json:
        print_json(
            [{"id": k.id, "keys": k.keys, "name": k.name, "does": k.does, "yours": k.id in keymap} for k in found]
        )
        return
    print_table(
        [[k.id, f"{shown(','.join(k.keys))}{' *' if k.id in keymap else ''}", k.does or k.name] for k in found],
        ["Id", "Keys", "What it does"],
    )
    remark(f"Yours are marked *. They are in {config_folder() / FILE}")
