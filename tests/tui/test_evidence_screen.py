"""Evidence by question on screen: answers, findings with what speaks for and against, judgement, triangulation, report."""

from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Answer, Finding, Search
from tbcp_qual.store import Project
from tbcp_qual.tui.screens.code import CodeScreen
from tbcp_qual.tui.widgets.passages import PassageList

from .driving import is_clean, nasty, over
from .study import put, study
from .test_workbench import SIZES


def now(made):
    with Project.open(made.sample.path, read_only=True) as project:
        assert project.verify() == []
        return project.snapshot(made.sample.ak.id)


def board(made):
    return made.app.screen.query_one("#board")


def rows(made) -> list[tuple[str, ...]]:
    return [row.cells for row in board(made).rows]


def go(made, begins: str) -> None:
    board(made).put_cursor(next(row.key for row in board(made).rows if row.cells[0].startswith(begins)))


async def test_a_finding_is_stated_borne_out_questioned_judged_and_taken_back(sample):
    study(sample)
    async with over(sample, SIZES[0]) as made:
        await made.press("E")
        assert [cells[0] for cells in rows(made)] == [
            "answer no answer yet: Does it engage families?",
            "1a no answer yet: How?",
            "no finding yet: Trust (2 passages, 1 negative)",
        ]
        go(made, "no finding yet")
        await made.press("n")
        await put(made, "They trust")
        await made.press("escape")
        (finding,) = now(made).findings
        assert (finding.statement, len(finding.questions), len(finding.themes)) == ("They trust", 1, 1)
        assert rows(made)[-1][:2] == ("F1 (draft) They trust", "not judged")
        await made.press("plus")
        assert [item.body for item in made.app.screen.query_one(PassageList).items] == [
            "She just sat with me",
            "It was not for the form.",
        ]
        await put(made, "sat")
        await made.press("enter minus")
        await made.press("enter")
        await put(made, "a form")
        await made.press("enter")
        assert {(e.bearing, e.explained) for e in now(made).evidence} == {("for", ""), ("negative case", "a form")}
        assert rows(made)[-1] == ("F1 (draft) They trust", "(○ low)", "(✗) 1 of 1", "(silent)")
        await made.press("j 1")
        await put(made, "Which visits?")
        await made.press("escape")
        (memo,) = now(made).memos
        assert (memo.title, memo.body, len(memo.codings)) == ("finding 1", "Which visits?", 2)
        await made.press("l")
        assert "1 negative case under its themes" in made.said()
        assert now(made).searches[0].purpose == "negative cases of finding 1"
        await made.press("w 3 escape")
        assert "A judgement says why" in made.said()
        await made.press("w 3")
        await put(made, "enough")
        await made.press("escape k")
        judged = now(made).findings[0]
        assert (judged.confidence, judged.adequacy, judged.judged_by) == ("high", "enough", sample.ak.id)
        assert (judged.status, rows(made)[-1][1]) == ("agreed", "●●● high")
        await made.press("u u u u u u u u")
        assert (now(made).findings, now(made).evidence) == ((), ())


async def test_passages_open_are_explained_and_taken_back_and_sources_judged_by_two(sample):
    study(sample)
    with Project.open(sample.path) as project:
        trust = next(theme for theme in project.records("theme") if theme.name == "Trust")
        finding = Finding(id=new_id(), key="1", statement="They trust", themes=(trust.id,))
        project.apply("stated", [create(finding)], coder=sample.ak.id)
    async with over(sample, SIZES[0]) as made:
        await made.press("E left_square_bracket")
        assert "findings that answer no question" in made.where()
        await made.press("minus tab enter")
        await made.press("enter s")
        await made.press("down down")
        side = board(made).screen.query_one("#side")
        assert side.item.key.startswith("against:")
        await made.press("e")
        await put(made, "tired")
        await made.press("enter")
        assert now(made).evidence[0].explained == "tired"
        await made.press("enter")
        assert isinstance(made.app.screen, CodeScreen)
        assert made.screen.page.selection is not None
        await made.press("E")
        side.focus()
        await made.press("x")
        assert now(made).evidence == ()
        await made.press("escape t enter 1")
        await put(made, "same")
        await made.press("enter")
        assert [(j.source_type, j.verdict, j.note) for j in now(made).judgements] == [("parent", "agreement", "same")]
        assert "a second person" in made.picture()
        assert rows(made)[0][2:] == ("✓? 0 of 1", "(silent)")
        await made.press("enter 0")
        assert now(made).judgements == ()
        await made.press("escape escape q enter h ctrl+x")
        assert len(now(made).findings[0].questions) == 1
        assert now(made).findings[0].themes == ()
        await made.press("x")
        assert now(made).findings == ()


async def test_questions_are_answered_and_the_report_goes_out_through_the_check(sample):
    study(sample)
    async with over(sample, SIZES[0]) as made:
        await made.press("E a")
        await put(made, "Yes, impact.")
        await made.press("tab")
        await put(made, "Few.")
        await made.press("escape 2")
        (answer,) = now(made).answers
        assert (answer.words, answer.caveats, answer.confidence) == ("Yes, impact.", "Few.", "moderate")
        assert rows(made)[0][:2] == ("answer Yes, impact.", "●● moderate")
        await made.press("down enter")
        await put(made, "Shortly.")
        await made.press("escape 0")
        assert {a.words for a in now(made).answers} == {"Yes, impact.", "Shortly."}
        await made.press("F")
        await made.type("shortly")
        await made.press("enter")
        assert board(made).row.cells[0] == "1a Shortly."
        await made.press("r 1 4")
        await put(made, "none.docx")
        await made.press("enter")
        assert "There is no such file" in made.picture()
        await made.press("escape r 1 2")
        assert "claims too much" in made.picture()
        await made.press("enter enter")
        path = sample.path.with_name("report.html")
        assert "Yes, impact." in path.read_text(encoding="utf-8")
        assert str(path) in made.said()
        assert made.stored("export")[0].audience == "team"
        await made.press("right_square_bracket")
        assert rows(made)[0][0] == "answer no answer yet: Can it be done?"
        await made.press("tab n 2")
        await put(made, "Panel")
        await made.press("tab")
        await put(made, "meets")
        await made.press("escape")
        (element,) = now(made).elements
        assert (element.part, element.name, element.text, element.support) == ("input", "Panel", "meets", "untested")
        await made.press("enter tab tab")
        await put(made, " every week")
        await made.press("escape")
        assert now(made).elements[0].name == "Panel every week"
        await made.press("c")
        await put(made, "Bag")
        await made.press("escape")
        assert [one.name for one in now(made).configurations] == ["Bag"]
        await made.press("down f tab enter")
        assert len(now(made).configurations[0].cases) == 1
        await made.press("x")
        assert now(made).configurations == ()


async def test_a_reflexive_project_has_nothing_proposed_and_nasty_strings_stay_as_they_are(sample):
    nasty(sample)
    with Project.open(sample.path) as project:
        words = "[bold]\x1b[31m ]] [/office]"
        question = project.records("question")[0]
        finding = Finding(id=new_id(), key="1", statement=words, questions=(question.id,), adequacy=words)
        records = [
            finding,
            Answer(id=new_id(), question=question.id, words=words, caveats=words, coder=sample.ak.id),
            Search(id=new_id(), wording="{}", purpose=words, hits=1, coder=sample.ak.id, at="2026-01-01"),
        ]
        info = update(project.info, approach="reflexive")
        project.apply("nasty", [info, *(create(record) for record in records)], coder="", undoable=False)
    async with over(sample, SIZES[0]) as made:
        await made.press("E")
        for keys in (
            "down",
            "s",
            "escape e",
            "escape t",
            "escape a",
            "escape escape o",
            "1 w",
            "escape plus",
            "escape tab",
        ):
            await made.press(keys)
            assert is_clean(made.picture())
        await made.press("tab")
        assert "rule proposes" not in made.picture()
        await made.press("M")
        for keys in ("right enter", "escape s", "escape w", "p", "r", "2 f", "1", "1", "escape home"):
            await made.press(keys)
            assert is_clean(made.picture())
