"""The command `rounds pack`: a file for one coder."""

from pathlib import Path

import click

from tbcp_qual.cli.releasing import keep_record, say_concerns
from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.sealed import passphrase
from tbcp_qual.cli.showing import print_json, remark, say
from tbcp_qual.coding.counting import some


@click.command()
@click.argument("round_", metavar="ROUND")
@click.argument("for_", metavar="CODER")
@click.argument("file", type=FILE)
@click.option("--seal", "sealed", is_flag=True, help="Encrypt it by a passphrase.")
@json_option
@options
def pack(session: Session, round_: str, for_: str, file: Path, sealed: bool, as_json: bool) -> None:
    """Write a new FILE.tbcp for one CODER of a ROUND: its documents, the codebook, and nobody else's work.

    The coder works in it as in any project, offline for as long as it takes. `merge FILE` brings the work back, as
    often as wanted and in any order. With --seal it is encrypted by a passphrase, which is asked for or taken from
    TBCP_PASSPHRASE: the coder opens it with `rounds unseal`, and sends it back with `rounds seal`. Without, keep it on
    an encrypted disk or stick.
    """
    from tbcp_qual.tasks.packs import pack_round
    from tbcp_qual.tasks.releasing import check_release, matter_of_texts

    secret = passphrase(new=True) if sealed else None
    with session.reading() as (project, viewer):
        made = pack_round(project, round_, for_, file, passphrase=secret)
        beside = project.path.absolute().parent == file.absolute().parent
        goes = {document.id for document in project.records("document") if document.name in made.documents}
        now = project.snapshot(viewer, goes)
        concerns = check_release(project, now, matter_of_texts(now, goes), "team")
    say_concerns(concerns, "team", "")
    if viewer:
        keep_record(session, file, f"pack of round {made.round} for {made.coder}", "team", concerns, "")
    if as_json:
        print_json(
            {
                "file": str(made.path),
                "sealed": sealed,
                "round": made.round,
                "coder": made.coder,
                "documents": list(made.documents),
                "turns": made.turns,
                "codes": made.codes,
                "codings": made.codings,
            }
        )
        return
    own = f", and {some(made.codings, 'coding')} of {made.coder}'s own" if made.codings else ""
    say(
        f"{made.path}: round “{made.round}” for {made.coder}, {some(len(made.documents), 'document')},"
        f" {some(made.turns, 'turn')}, {some(made.codes, 'code')}{own}. Nobody else's work is in it."
    )
    opened = made.path
    if sealed:
        opened = file.with_suffix("") if file.suffix == ".age" else file.with_name(f"opened {file.name}")
        remark(f'{made.coder} unseals it with: tbcp-qual rounds unseal "{made.path}" "{opened}"')
    remark(f'{made.coder} opens it with: tbcp-qual --coder "{made.coder}" open "{opened}"')
    remark(f'Bring the work back with: tbcp-qual merge "{made.path}"')
    if beside and file.suffix == ".tbcp":
        remark(
            f"There are several projects in this folder now: say --project {session.path().name} here, or move the pack."
        )
    if sealed:
        remark("Send the passphrase on another way than the file.")
    else:
        remark("The file is not encrypted: keep it on an encrypted disk, and send it only encrypted (--seal).")
