"""The board of rounds: a round made, worked on by a pack, brought back, locked; each step shown before it is taken."""

from dataclasses import replace

from tbcp_qual.coding.changes import update
from tbcp_qual.store import Project
from tbcp_qual.tasks.documents import mark_done
from tbcp_qual.tasks.packs import pack_round
from tbcp_qual.tasks.rounds import open_round
from tbcp_qual.tasks.sealing import is_sealed, seal
from tbcp_qual.tui.dialogs.new_round import NewRoundDialog
from tbcp_qual.tui.dialogs.reading import ReadDialog
from tbcp_qual.tui.round_form import Form, form_lines, given, problem_of
from tbcp_qual.tui.screens.agreement import AgreementScreen
from tbcp_qual.tui.screens.code import CodeScreen
from tbcp_qual.tui.screens.rounds import RoundsScreen

from .driving import coded, is_clean, nasty, over
from .study import put

SECRET = " that belong together nowhere"


def flat(made) -> str:
    return " ".join(made.picture().split())


def beside(made) -> str:
    return "\n".join(f"{item.label} {item.note} {item.body}" for item in made.app.screen.pane.side.items)


def fields(form: Form, **given) -> set[str]:
    return {line.key for line in form_lines(form, {}, documents=3, **given)}


def test_what_a_round_does_not_need_is_not_asked_and_not_handed_on():
    form = Form(name="1", coders=("AK",), new="RM, TS", gold="JB", threshold="80%", share="1/3")
    plain = given(form, reflexive=False)
    assert plain["coders"] == ["AK", "RM", "TS"]
    assert (plain["gold"], plain["threshold"]) == (None, None)
    assert {"gold", "threshold"} & fields(form, reflexive=False) == set()
    training = given(replace(form, purpose="training"), reflexive=False)
    assert (training["gold"], training["threshold"]) == ("JB", 0.8)
    assert {"gold", "threshold"} <= fields(replace(form, purpose="training"), reflexive=False)
    assert not {"unit", "statistic", "purpose"} & {*given(form, reflexive=True), *fields(form, reflexive=True)}
    chosen = replace(form, documents=("a",))
    assert given(chosen, reflexive=False)["share"] is None
    assert "seed" not in fields(chosen, reflexive=False)
    for field_, typed in (("share", "0"), ("seed", "x"), ("threshold", "2"), ("due", "soon"), ("name", " ")):
        assert problem_of(field_, typed), field_
    for field_, typed in (("share", "20 %"), ("seed", "7"), ("threshold", ".8"), ("due", "2030-01-31"), ("due", "")):
        assert not problem_of(field_, typed), field_


async def field(made, key: str) -> None:
    made.app.screen.query_one("#fields").put_cursor(key)
    await made.press("enter")


async def test_a_round_from_its_opening_by_a_pack_to_its_lock(sample, tmp_path):
    coded(sample)
    async with over(sample) as made:
        await made.press("R")
        assert "No round is locked" in flat(made)
        await made.press("D")
        assert "No round has been opened. n makes one" in flat(made)

        await made.press("n")
        dialog = made.app.screen
        assert isinstance(dialog, NewRoundDialog)
        assert "It takes two coders to compare. Take two at least under coders" in flat(made)
        await made.press("ctrl+s")
        assert made.app.screen is dialog  # not like this
        await field(made, "coders")
        await put(made, "RM")
        await made.press("tab enter")
        assert dialog.form.coders == ("AK", "RM")
        await field(made, "share")
        await made.press("ctrl+u")
        await put(made, "100%")
        await made.press("enter")
        assert "2 documents of 2 drawn by stratified random sampling" in flat(made)
        await made.press("ctrl+s")
        (round_,) = made.stored("round")
        assert (round_.seed, round_.blind, round_.unit) == (dialog.form.seed, True, "turn")
        assert isinstance(made.app.screen, RoundsScreen)
        assert "round 1 is open: 2 documents" in made.said()
        assert "a courtesy in one shared file" in flat(made)
        assert "ok   the codebook is that of the opening" in beside(made)
        # RM has coded in one of them: in a blind round AK is told no more than this.
        assert flat(made).count("not done") == 2
        await made.press("u")
        assert made.stored("round") == []
        await made.press("ctrl+r")

        await made.press("down d")
        assert len(made.stored("done")) == 1
        assert "done" in made.said()
        await made.press("l")
        assert "A blind round is locked when all have finished" in flat(made)
        assert "RM has not marked done" in flat(made)
        await made.press("enter escape")
        assert made.stored("round")[0].locked == ""

        await made.press("w 2")
        await put(made, "four words")
        await made.press("enter")
        assert "too short: 12 characters" in flat(made)
        await put(made, SECRET)
        await made.press("enter")
        await put(made, "four words")
        await made.press("enter")
        assert "The two are not the same." in flat(made)
        assert "words" not in flat(made)
        await made.press("ctrl+u")
        await put(made, f"four words{SECRET}")
        await made.press("enter enter")
        assert "Nobody else's work is in it. the file is sealed" in flat(made)
        name = f"{sample.path.stem} round 1 RM.tbcp"
        assert f'rounds unseal "{name}.age" "{name}"' in flat(made)
        assert is_sealed(tmp_path / f"{name}.age")
        (tmp_path / f"{name}.age").write_bytes(b"age-encryption.org/v1\n?")
        await made.press("escape b enter")
        await put(made, SECRET)
        await made.press("enter")
        assert "the passphrase is another, or the file is damaged" in made.said()

        (tmp_path / f"{name}.age").unlink()
        opened = tmp_path / name
        with Project.open(sample.path) as project:
            pack_round(project, "1", "RM", opened)
        with Project.open(opened) as pack:
            mark_done(pack, [document.name for document in pack.records("document")], sample.rm.id)
        seal(opened, tmp_path / "back.age", SECRET)
        await made.press("b ctrl+u")
        await put(made, "back.age")
        await made.press("enter")
        await put(made, SECRET)
        await made.press("enter")
        assert "something new" in flat(made)  # of a blind round nobody is told how much
        assert "a pack RM, round 1" in flat(made)
        await made.press("enter")
        assert isinstance(made.app.screen, ReadDialog)
        assert "came in" in flat(made)
        assert sorted(path.name for path in tmp_path.glob("*.part*")) == []
        (tmp_path / "back.age").unlink()
        await made.press("escape b enter")
        assert f"Nothing new in {name}" in made.said()

        await made.press("end d l")
        assert "It cannot be undone." in flat(made)
        await made.press("enter")
        assert made.stored("round")[0].locked
        assert "round 1 is locked" in made.said()
        await made.press("a")
        assert isinstance(made.app.screen, AgreementScreen)
        assert made.app.screen.found.round.name == "1"


async def test_a_pack_knows_of_its_coder_alone_and_says_what_to_do(sample, tmp_path):
    coded(sample)
    with Project.open(sample.path) as project:
        open_round(project, "1", by=sample.ak.id, coders=["AK", "RM"], documents=["P07", "K03"])
        pack_round(project, "1", "AK", tmp_path / "pack.tbcp")
    sample.path = tmp_path / "pack.tbcp"
    async with over(sample, (140, 40)) as made:
        await made.press("D")
        assert "0 of 2 done" in made.picture()
        assert made.picture().count("not here") == 2
        assert "Nobody else's work is in it." in flat(made)
        for key in ("l", "w", "n"):
            await made.press(key)
            assert "This file is a pack" in made.said()
        await made.press("A")
        assert "figures come in the project" in flat(made)


async def test_what_two_people_changed_is_settled_by_a_number(sample, tmp_path):
    coded(sample)
    other = tmp_path / "copy.tbcp"
    other.write_bytes(sample.path.read_bytes())
    for path, name, coder in ((sample.path, "Doubt", sample.ak), (other, "Distrust", sample.rm)):
        with Project.open(path) as project:
            project.apply("renamed", [update(sample.mistrust, name=name)], coder=coder.id)
    async with over(sample, (80, 24)) as made:
        await made.press("D b enter enter")
        assert "1 conflict to settle" in flat(made)
        await made.press("escape tab")
        assert "1 open conflict" in made.where()
        assert "Distrust" in beside(made)
        assert "Doubt" in beside(made)
        await made.press("2")
        assert "0 open conflicts" in made.where()
        assert "Doubt" in {code.name for code in made.stored("code")}
        await made.press("u")
        assert "1 open conflict" in made.where()


async def test_strings_that_break_screens_do_not_break_the_board(sample):
    nasty(sample)
    with Project.open(sample.path) as project:
        project.apply("approach", [update(project.info, approach="reflexive")], coder="")
    async with over(sample, (80, 24)) as made:
        await made.press("D n")
        await field(made, "coders")
        await made.type("RM")
        await made.press("tab enter")
        await field(made, "share")
        await made.type("1")
        await made.press("enter")
        assert "statistic" not in made.picture()  # nothing is measured in a reflexive project
        assert is_clean(made.picture())
        await made.press("ctrl+s v")
        assert "differences to discuss" in flat(made)
        assert is_clean(made.picture())
        await made.press("escape down enter")
        assert isinstance(made.app.screen, CodeScreen)
        assert is_clean(made.picture())
