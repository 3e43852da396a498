"""People and cases on screen: what is known is shown and changed, missing is never a no, and every change can be undone."""

import pytest

from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import (
    About,
    Attribute,
    Case,
    Document,
    Measure,
    Participant,
    Turn,
    Variable,
    about_id,
    attribute_id,
    measure_id,
    variable_id,
)
from tbcp_qual.coding.text import clean, one_line, text_hash
from tbcp_qual.store import Project
from tbcp_qual.tui.app import Workbench
from tbcp_qual.tui.dialogs.case_card import CaseCard
from tbcp_qual.tui.screens.code import CodeScreen
from tbcp_qual.tui.screens.people import PeopleScreen
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import LineList

from .test_pictures import picture
from .test_workbench import NASTY, SIZES, Bench


def study(sample) -> None:
    """Give the small project two families, three attributes, scores, and people who speak and are spoken about."""
    f2, f10 = (Case(id=new_id(), label=label) for label in ("F2", "F10"))
    mother = Participant(id=new_id(), label="P07", role="mother", case=f2.id)
    worker = Participant(id=new_id(), label="K03", role="key worker")
    kinds = [
        Variable(id=variable_id("care leaver"), name="care leaver", scale="yes/no", position=0),
        Variable(id=variable_id("age"), name="age", scale="number", position=1),
        Variable(id=variable_id("ward"), name="ward", scale="category", position=2),
    ]
    values = [(f2, "care leaver", "no"), (f2, "age", "31"), (f10, "age", "9"), (f10, "ward", "Weir")]
    attributes = [Attribute(id=attribute_id(c.id, n), case=c.id, name=n, value=v) for c, n, v in values]
    scores = [
        Measure(id=measure_id(f2.id, "PHQ-9", when), case=f2.id, scale="PHQ-9", time_point=when, value=value)
        for when, value in (("before", 14.0), ("after", 6.0))
    ]
    text = "K03: They both came. His was harder.\n"
    other = Document(id=new_id(), name="K03", source_type="practitioner", text=text_hash(text))
    start = text.index("They")
    turn = Turn(
        id=new_id(), document=other.id, text=other.text, start=start, end=len(text) - 1, speaker="K03", role="participant",
        participant=worker.id,
    )  # fmt: skip
    at = text.index("His")
    part = About(
        id=about_id(other.id, other.text, at, at + 3, f10.id), document=other.id, text=other.text, start=at, end=at + 3,
        case=f10.id,
    )  # fmt: skip
    changes = [create(r) for r in (f2, f10, mother, worker, *kinds, *attributes, *scores, other, turn, part)]
    changes += [update(turn, participant=mother.id) for turn in sample.turns[1:]]
    sample.project.apply("study made", changes, coder="", texts=[text], undoable=False)
    sample.project.close()


class People(Bench):
    """The screen of people and cases, driven by keys."""

    @property
    def table(self):
        return self.app.screen.table

    def said(self) -> str:
        return self.app.screen.query_one("#said", Bar).left

    def cells(self) -> dict[str, dict[str, str]]:
        names = [column.title for column in self.table.columns]
        return {row.cells[0]: dict(zip(names, row.cells, strict=True)) for row in self.table.rows}

    async def at(self, table: str, row: str, column: str = "") -> None:
        while self.app.screen._seen_table != table:
            await self.press("tab")
        key = next(r.key for r in self.table.rows if r.cells[0] == row)
        self.table.put_cursor(
            key, next((c.key for c in self.table.columns if c.title == column), self.table.columns[0].key)
        )
        await self.pilot.pause()

    def painted(self) -> str:
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    def stored(self, kind: str) -> list:
        with Project.open(self.sample.path, read_only=True) as project:
            assert project.verify() == []
            return project.records(kind)


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def people(request, sample):
    study(sample)
    async for made in _opened(sample, request.param):
        yield made


@pytest.fixture
async def one_people(sample):
    study(sample)
    async for made in _opened(sample, (120, 40)):
        yield made


async def _opened(sample, size):
    app = Workbench(sample.path, sample.ak.id)
    async with app.run_test(size=size) as pilot:
        made = People(sample, app, pilot)
        await made.ready()
        await made.press("P")
        yield made
        app.leave()


async def test_cases_stand_with_what_is_known_and_what_is_missing_is_no_no(people):
    cells = people.cells()
    assert list(cells) == ["F10", "F2"]
    assert cells["F2"]["care leaver"] == "no"
    assert cells["F10"]["care leaver"] == ""
    assert (cells["F2"]["PHQ-9 before"], cells["F2"]["PHQ-9 after"]) == ("14", "6")
    assert (cells["F2"]["documents"], cells["F2"]["people"]) == ("1", "1")
    painted = "\n".join(strip.text for strip in people.app.screen._compositor.render_strips())
    assert "·" in painted
    await people.press("s")
    assert list(people.cells()) == ["F2", "F10"]


async def test_a_yes_or_no_is_changed_by_a_digit_and_taken_back(one_people):
    await one_people.at("cases", "F10", "care leaver")
    await one_people.press("enter 1")
    assert one_people.cells()["F10"]["care leaver"] == "yes"
    assert one_people.said() == "F10 · care leaver: yes · u undo"
    assert (one_people.table.row.cells[0], one_people.table.column.title) == ("F10", "care leaver")
    await one_people.press("u")
    assert one_people.cells()["F10"]["care leaver"] == ""
    await one_people.press("ctrl+r enter 0")
    assert one_people.cells()["F10"]["care leaver"] == ""
    assert {(a.name, a.value) for a in one_people.stored("attribute") if a.name == "care leaver"} == {
        ("care leaver", "no")
    }


async def test_a_number_that_is_none_is_refused_while_one_types(one_people):
    await one_people.at("cases", "F2", "age")
    await one_people.press("e")
    await one_people.type("old")
    assert one_people.app.screen.query_one("#definition", Bar).left == "It must be a number."
    await one_people.press("enter")
    assert not isinstance(one_people.app.screen, CodeScreen)
    await one_people.press("ctrl+u")
    await one_people.type("32")
    await one_people.press("enter")
    assert one_people.cells()["F2"]["age"] == "32"


async def test_emptying_a_cell_makes_its_value_missing(one_people):
    await one_people.at("cases", "F2", "age")
    await one_people.press("e backspace enter")
    assert one_people.cells()["F2"]["age"] == ""
    assert [a.value for a in one_people.stored("attribute") if a.name == "age"] == ["9"]


async def test_a_word_used_before_is_taken_by_an_arrow(one_people):
    await one_people.at("cases", "F2", "ward")
    await one_people.press("e down enter")
    assert one_people.cells()["F2"]["ward"] == "Weir"


async def test_scores_and_names_of_cases_are_changed_like_attributes(one_people):
    await one_people.at("cases", "F10", "PHQ-9 before")
    await one_people.press("enter")
    await one_people.type("11.5")
    await one_people.press("enter")
    assert one_people.cells()["F10"]["PHQ-9 before"] == "11.5"
    await one_people.at("cases", "F10", "case")
    await one_people.press("e")
    await one_people.type("F2")
    await one_people.press("enter")
    assert "cannot be a case's new label" in one_people.said()
    assert "F10" in one_people.cells()
    await one_people.at("cases", "F10", "documents")
    await one_people.press("e")
    assert one_people.said() == "What stands under documents cannot be changed here."


async def test_a_new_case_and_a_new_participant_come_with_plus(one_people):
    await one_people.press("plus")
    await one_people.type("F31")
    await one_people.press("enter")
    assert "F31" in one_people.cells()
    await one_people.press("tab plus")
    await one_people.type("W02")
    await one_people.press("enter")
    assert "W02" in one_people.cells()
    await one_people.press("u u")
    assert "W02" not in one_people.cells()
    assert len(one_people.stored("case")) == 2


async def test_role_case_permission_and_archive_of_participants_each_have_a_key(one_people):
    await one_people.at("participants", "K03")
    await one_people.press("r")
    await one_people.type("family worker")
    await one_people.press("enter")
    await one_people.press("c")
    await one_people.type("f10")
    await one_people.press("enter")
    await one_people.press("p 3")
    await one_people.press("k 2")
    cells = one_people.cells()["K03"]
    assert (cells["role"], cells["case"]) == ("family worker", "F10")
    assert (cells["permission"], cells["archive"]) == ("paraphrase only", "no")
    assert (cells["heard in"], cells["turns"]) == ("K03", "1")
    (worker,) = [p for p in one_people.stored("participant") if p.label == "K03"]
    assert worker.permission == "paraphrase only"


async def test_a_case_that_is_not_there_is_refused_with_a_sentence(one_people):
    await one_people.at("participants", "K03")
    await one_people.press("c")
    await one_people.type("F99")
    await one_people.press("enter")
    assert "There is no case “F99”." in one_people.said()


async def test_one_permission_for_several_participants_is_one_act(one_people):
    await one_people.at("participants", "K03")
    await one_people.press("shift+down p 1")
    assert {row["permission"] for row in one_people.cells().values()} == {"quote"}
    await one_people.press("u")
    assert {row["permission"] for row in one_people.cells().values()} == {""}


async def test_stage_time_point_and_permission_of_documents(one_people):
    await one_people.at("documents", "K03")
    await one_people.press("t 2")
    await one_people.at("documents", "K03", "time point")
    await one_people.press("enter")
    await one_people.type("after 6 months")
    await one_people.press("enter")
    await one_people.press("p 2")
    cells = one_people.cells()["K03"]
    assert (cells["stage"], cells["time point"]) == ("coded", "after 6 months")
    assert cells["permission"] == "role label only"
    (document,) = [d for d in one_people.stored("document") if d.name == "K03"]
    assert (document.stage, document.time_point) == ("coded", "after 6 months")
    await one_people.press("u u u")
    assert one_people.cells()["K03"]["stage"] == ""


async def test_what_a_document_is_about_and_where_it_comes_from(one_people):
    await one_people.at("documents", "K03", "cases")
    await one_people.press("enter")
    await one_people.type("F2; f10")
    await one_people.press("enter")
    assert one_people.cells()["K03"]["cases"] == "F2; F10"
    await one_people.press("a")
    assert one_people.app.screen.query_one("#title", Bar).left.strip() == "1 of 2"
    await one_people.press("escape e")
    await one_people.type("F99")
    await one_people.press("enter")
    assert "There is no case “F99”." in one_people.said()
    await one_people.at("documents", "K03", "source")
    await one_people.press("enter down down down down enter")
    assert [d.kind for d in one_people.stored("document") if d.name == "K03"] == ["case file"]


async def test_enter_on_a_document_opens_it_in_the_text(people):
    await people.at("documents", "K03")
    await people.press("enter")
    assert isinstance(people.app.screen, CodeScreen)
    assert people.app.desk.document.name == "K03"
    assert people.screen.page.has_focus


def on_card(bench: Bench) -> str:
    lists = bench.app.screen.query(LineList)
    return "\n".join(f"{line.text} {line.note}" for found in lists for line in found.lines)


async def test_the_card_has_all_about_a_case_in_one_place(people):
    await people.press("C ctrl+down s 1 P")
    await people.at("cases", "F2")
    await people.press("enter")
    assert isinstance(people.app.screen, CaseCard)
    card = on_card(people)
    for part in (
        "care leaver no",
        "ward ·",
        "PHQ-9 before 14  after 6",
        "P07  mother",
        "P07 speaks",
        "Key worker by 1",
    ):
        assert part in card
    await people.press("left")
    assert "K03 in part" in on_card(people)
    assert "nothing is coded of it yet" in on_card(people)
    await people.press("enter")
    assert people.app.desk.document.name == "K03"


async def test_an_attribute_on_the_card_is_changed_in_the_table(one_people):
    await one_people.at("cases", "F10")
    await one_people.press("enter tab enter 1")
    assert one_people.cells()["F10"]["care leaver"] == "yes"


async def test_a_filter_stays_when_a_value_is_changed_and_escape_goes_step_by_step(one_people):
    await one_people.press("slash")
    await one_people.type("f10")
    await one_people.press("enter")
    await one_people.at("cases", "F10", "care leaver")
    await one_people.press("enter 2")
    assert list(one_people.cells()) == ["F10"]
    await one_people.press("escape")
    assert len(one_people.cells()) == 2
    await one_people.press("escape")
    assert isinstance(one_people.app.screen, CodeScreen)


async def test_what_another_program_writes_appears_in_the_table_and_the_place_is_kept(one_people):
    await one_people.at("cases", "F2", "ward")
    with Project.open(one_people.sample.path) as project:
        (old,) = [a for a in project.records("attribute") if a.value == "31"]
        project.apply("older", [update(old, value="33")], coder=one_people.sample.rm.id)
    one_people.app._look_elsewhere()
    await one_people.settle()
    await one_people.settle()
    assert one_people.cells()["F2"]["age"] == "33"
    assert (one_people.table.row.cells[0], one_people.table.column.title) == ("F2", "ward")


@pytest.mark.parametrize("size", [SIZES[0], SIZES[-1]], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_names_of_people_and_values_are_shown_as_they_are(sample, size):
    records = []
    for n, text in enumerate(NASTY):
        name = one_line(text)[:300] or f"nothing {n}"
        case = Case(id=new_id(), label=name)
        records += [case, Participant(id=new_id(), label=name, role=name, case=case.id)]
        records += [Variable(id=variable_id(name), name=name)]
        records += [Attribute(id=attribute_id(case.id, name), case=case.id, name=name, value=clean(text).text[:300])]
        records += [Measure(id=measure_id(case.id, name, name), case=case.id, scale=name, time_point=name, value=n)]
    sample.project.apply("nasty", [create(r) for r in records], coder="")
    sample.project.close()
    async for made in _opened(sample, size):
        for keys in (
            "",
            "right right right right",
            "enter",
            "escape",
            "a",
            "right",
            "escape",
            "tab",
            "e",
            "escape",
            "slash",
        ):
            await made.press(keys) if keys else await made.settle()
            painted = "\n".join(strip.text for strip in made.app.screen._compositor.render_strips())
            assert "\x1b" not in painted
            assert "\u202e" not in painted
        await made.type("[P07]")
        painted = "\n".join(strip.text for strip in made.app.screen._compositor.render_strips())
        assert "/ [P07]" in painted
        assert "[P07] to" in painted


async def test_an_empty_project_teaches_in_each_table_and_no_key_breaks_it(tmp_path):
    from tbcp_qual.tasks.coders import ensure_coder

    with Project.create(tmp_path / "empty.tbcp", name="Empty") as project:
        coder = ensure_coder(project, "AK")
    app = Workbench(tmp_path / "empty.tbcp", coder.id)
    async with app.run_test(size=SIZES[0]) as pilot:
        await pilot.pause(0.2)
        await pilot.press("P")
        await pilot.pause(0.2)
        for teaching in ("cases import FILE", "transcripts in which", "documents import PATH"):
            painted = " ".join(strip.text.strip() for strip in app.screen._compositor.render_strips())
            assert teaching in painted
            for key in (
                "down",
                "right",
                "enter",
                "e",
                "a",
                "r",
                "p",
                "t",
                "k",
                "c",
                "s",
                "shift+down",
                "pagedown",
                "u",
            ):
                await pilot.press(key)
            await pilot.press("tab")
            await pilot.pause()
        app.leave()


@pytest.mark.parametrize(
    ("size", "keys"), [((80, 24), "right right right"), ((120, 40), "down enter")], ids=["table", "card"]
)
async def test_people_and_cases_look_as_they_did(sample, size, keys, snapshot):
    study(sample)
    async for made in _opened(sample, size):
        await made.press(keys)
        assert picture(made.app) == snapshot


async def test_somebody_withdraws_once_what_it_touches_was_read_and_the_name_was_typed(one_people):
    await one_people.press("w")
    assert isinstance(one_people.app.screen, PeopleScreen)
    await one_people.at("participants", "P07")
    await one_people.press("w")
    assert one_people.app.screen.query_one("#title", Bar).strong == "P07 withdraws: what goes, for good"
    shown = one_people.painted()
    assert "documents that go" in shown
    assert "P07" in shown
    await one_people.press("escape w enter")
    await one_people.type("P08")
    await one_people.press("enter")
    assert one_people.app.screen.query_one("#definition", Bar).left == "It is P07 who withdraws."
    await one_people.press("escape")
    assert one_people.stored("participant")[0].withdrawn == ""
    await one_people.press("w enter")
    await one_people.type("p07")
    await one_people.press("enter")
    await one_people.settle()
    assert one_people.said() == "P07 has withdrawn; what they said is gone from the file."
    assert [document.name for document in one_people.stored("document")] == ["K03"]
    assert one_people.cells()["P07"]["withdrawn"]
    assert b"She just sat with me" not in one_people.sample.path.read_bytes()
    await one_people.press("escape")
    assert one_people.app.desk.document is None or one_people.app.desk.document.name == "K03"
