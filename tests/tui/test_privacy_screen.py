"""The privacy review on screen: what is open, and one key to settle it."""

import pytest

from tbcp_qual.coding.changes import create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Memo
from tbcp_qual.privacy.pseudonyms import Pseudonyms
from tbcp_qual.store import Project
from tbcp_qual.tui.screens.code import CodeScreen
from tbcp_qual.tui.screens.privacy import PrivacyScreen

from .driving import is_clean, nasty, over
from .test_workbench import SIZES


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def reviewing(request, sample):
    bodies = ["ring 07700 900123 at once", "she lives at LS1 4AB", "again 07700 900123"]
    memos = [
        Memo(id=new_id(), coder=sample.ak.id, body=body, document=sample.document.id, at=f"2026-01-0{n}")
        for n, body in enumerate(bodies, 1)
    ]
    sample.project.apply("memos", [create(memo) for memo in memos], coder=sample.ak.id)
    sample.project.close()
    async with over(sample, request.param) as made:
        await made.press("I")
        yield made


def lines(made) -> list[tuple[str, str]]:
    return [(line.text.strip(), line.note) for line in made.app.screen.findings.lines if line.key]


def bodies(made) -> list[str]:
    with Project.open(made.sample.path, read_only=True) as project:
        assert project.verify() == []
        return [memo.body for memo in project.snapshot(made.sample.ak.id).memos]


async def test_the_same_words_are_replaced_everywhere_by_one_key_and_come_back(reviewing):
    assert isinstance(reviewing.app.screen, PrivacyScreen)
    assert [note for _, note in lines(reviewing)] == ["phone number", "postcode", "phone number"]
    assert "3 open" in reviewing.where()
    await reviewing.press("r")
    assert bodies(reviewing) == ["ring [phone number] at once", "she lives at LS1 4AB", "again [phone number]"]
    assert [note for _, note in lines(reviewing)] == ["postcode"]
    assert "u undo" in reviewing.said()
    await reviewing.press("u")
    assert bodies(reviewing)[0] == "ring 07700 900123 at once"
    assert "3 open" in reviewing.where()


async def test_a_finding_is_kept_with_a_reason_and_opened_again(reviewing):
    await reviewing.press("down k")
    await reviewing.type("she agreed")
    await reviewing.press("enter")
    assert [(r.verdict, r.reason) for r in reviewing.stored("ruling")] == [("keep", "she agreed")]
    assert [note for _, note in lines(reviewing)] == ["phone number", "phone number"]
    await reviewing.press("a")
    assert "postcode · keep" in [note for _, note in lines(reviewing)]
    await reviewing.press("down o")
    assert reviewing.stored("ruling") == []


async def test_words_are_ignored_everywhere_and_kinds_are_shown_alone(reviewing):
    await reviewing.press("f")
    await reviewing.press("1")
    assert {note for _, note in lines(reviewing)} == {"postcode"}
    await reviewing.press("f 0")
    await reviewing.press("i")
    assert [note for _, note in lines(reviewing)] == ["phone number", "phone number"]


async def test_a_pseudonym_of_ones_own_stands_in_brackets(reviewing):
    await reviewing.press("e")
    await reviewing.type("x")
    await reviewing.press("enter escape")
    assert "07700" in bodies(reviewing)[0]


async def test_enter_opens_the_document_and_escape_goes_back_to_the_text(reviewing):
    await reviewing.press("enter")
    assert isinstance(reviewing.app.screen, CodeScreen)
    await reviewing.press("I escape")
    assert isinstance(reviewing.app.screen, CodeScreen)


async def test_nothing_a_person_wrote_breaks_the_screen(sample):
    nasty(sample)
    async with over(sample) as made:
        await made.press("I a down down r f escape z z")
        assert is_clean(made.picture())


async def test_where_nothing_is_found_the_screen_says_so(sample):
    sample.project.close()
    async with over(sample) as made:
        await made.press("I")
        assert "Nothing here identifies anybody" in made.picture()
        await made.press("r k i e o enter")
        assert isinstance(made.app.screen, PrivacyScreen)


async def test_many_findings_are_shown_together_and_who_is_who_is_said(sample, tmp_path, monkeypatch):
    monkeypatch.setenv("TBCP_PSEUDONYMS", str(tmp_path / "key.csv"))
    bodies_of = [
        "My sister Ngozi Okafor came",
        "Ngozi's mum, on 07700 900123",
        "ring 07700 900123",
        "Mrs Okafor, 07700 900124",
    ]
    memos = [
        Memo(id=new_id(), coder=sample.ak.id, body=bodies_of[n % 4], document=sample.document.id, at=f"2026-{n:04}")
        for n in range(40)
    ]
    sample.project.apply("memos", [create(memo) for memo in memos], coder=sample.ak.id)
    sample.project.close()
    async with over(sample, (80, 24)) as made:
        await made.press("I g ctrl+o")
        assert "not written to a file" in made.said()
        assert lines(made) == [
            ("07700 900123", "20 × in 1"),
            ("07700 900124", "10 × in 1"),
            ("Ngozi Okafor", "10 × in 1"),
            ("Ngozi", "10 × in 1"),
            ("Mrs Okafor", "10 × in 1"),
        ]
        await made.press("down down s")
        assert "Ngozi Okafor" in made.picture()
        await made.press("enter")
        assert made.said().startswith("[Relative A] stands for")
        assert [row[2] for row in Pseudonyms.load(tmp_path / "key.csv").rows()] == ["[Relative A]"] * 3
        await made.press("d")
        assert "fewer than two families" in made.said()
        await made.press("f 1")
        await made.press("x 2")
        await made.type("x")
        await made.press("enter")
        assert "30 open · 30 settled" in made.where()
        await made.press("x 1")
        assert "0 open · 30 settled" in made.where()
        assert {body for body in bodies(made) if "[" in body} == {
            "My sister [Relative A] came",
            "[Relative A]'s mum, on 07700 900123",
            "[Relative A], 07700 900124",
        }
