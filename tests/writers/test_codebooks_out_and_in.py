"""A codebook written as YAML, CSV or Excel is the same codebook when it is read again, whatever its words are."""

import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tbcp_qual.coding.code_edits import COLOURS
from tbcp_qual.coding.codebook import Codebook, in_order
from tbcp_qual.coding.records import Aspect, Code, Origin, Question, Status, Theme
from tbcp_qual.coding.text import clean, one_line
from tbcp_qual.coding.versions import Framework
from tbcp_qual.readers.codebooks import CodebookDraft, read_codebook
from tbcp_qual.writers.codebooks import codebook_tables, write_yaml
from tbcp_qual.writers.tables import write_csv, write_workbook

# What XML cannot hold is left out of a workbook: two signs that are none, and half signs.
signs = st.one_of(
    st.sampled_from("=+-@'\"#:;,&*!|%`{}[]<›?~\\\n\t _x0041_ \u00a0\u200b\u2028\ufeff\u202eÉ表👶"),
    st.characters(exclude_categories=("Cs",), exclude_characters="\ufffe\uffff"),
)
texts = st.text(signs, max_size=30)
words = st.one_of(
    texts,
    st.sampled_from(["null", "~", "no", "1", "2e3", "---", "- x", "=1+1", "'=1", "-3", "a: b", " a #b", "x" * 200]),
    st.lists(texts, min_size=3, max_size=30).map(" ".join),
)
prose = words.map(lambda text: clean(text).text.strip())
lines = words.map(one_line)
names = words.map(lambda text: one_line(text.replace(">", "›"))).filter(bool)


@st.composite
def frameworks(draw: st.DrawFn) -> Framework:
    keys = draw(st.lists(names, max_size=4, unique=True))
    questions: list[Question] = []
    for number, key in enumerate(keys):
        tops = [question for question in questions if question.parent is None]
        parent = draw(st.sampled_from([None, *tops]))
        questions.append(
            Question(
                id=f"q{number}",
                key=key,
                text=draw(prose),
                short=draw(lines),
                parent=parent.id if parent else None,
                aspect=draw(st.sampled_from(get_args(Aspect))) if parent else "",
                position=number,
            )
        )
    asked = st.lists(st.sampled_from([q.id for q in questions]), unique=True).map(tuple) if questions else st.just(())
    codes: list[Code] = []
    for number, name in enumerate(draw(st.lists(names, max_size=8))):
        parent_code = draw(st.sampled_from([None, *codes]))
        above = parent_code.id if parent_code else None
        if any(code.parent == above and code.name.casefold() == name.casefold() for code in codes):
            continue
        codes.append(
            Code(
                id=f"c{number}",
                name=name,
                parent=above,
                position=number,
                colour=draw(st.sampled_from(["", *COLOURS])),
                brief=draw(prose),
                full=draw(prose),
                use_when=draw(prose),
                not_when=draw(prose),
                example=draw(prose),
                domain=draw(lines),
                origin=draw(st.sampled_from(get_args(Origin))),
                status=draw(st.sampled_from(get_args(Status))),
                questions=draw(asked),
            )
        )
    taken = st.lists(st.sampled_from([c.id for c in codes]), unique=True).map(tuple) if codes else st.just(())
    named = draw(st.lists(names, max_size=3, unique_by=str.casefold))
    themes = [
        Theme(
            id=f"t{number}",
            name=name,
            definition=draw(prose),
            codes=draw(taken),
            questions=draw(asked),
            position=number,
        )
        for number, name in enumerate(named)
    ]
    return Framework(questions=tuple(questions), codes=tuple(codes), themes=tuple(themes))


def said(questions: Any, codes: Any, themes: Any) -> dict[str, Any]:
    """Everything that a codebook says, without ids."""
    book, keys = Codebook(codes), {question.id: question.key for question in questions}
    return {
        "questions": [(q.key, q.text, q.short, keys.get(q.parent or ""), q.aspect) for q in in_order(questions)],
        "codes": [
            (
                book.path(code.id),
                replace(code, id="", name="", parent=None, position=0, questions=()),
                {keys[question] for question in code.questions},
            )
            for _, code in book.walk()
        ],
        "themes": [
            (theme.name, theme.definition, [book.path(c) for c in theme.codes], {keys[q] for q in theme.questions})
            for theme in sorted(themes, key=lambda theme: theme.position)
        ],
    }


def unambiguous(framework: Framework) -> bool:
    """Whether no two codes have one path: the marks of a path may stand in a name that came from a transcript."""
    paths = [framework.codebook.path(code.id).casefold() for code in framework.codes]
    return len(set(paths)) == len(paths)


def through(framework: Framework, name: str) -> CodebookDraft:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        tables = codebook_tables(framework, project="Pilot: “one”", approach="reflexive")
        if path.suffix == ".yaml":
            write_yaml(framework, path, project="Pilot: “one”", approach="reflexive")
        elif path.suffix == ".csv":
            write_csv(tables[0], path)
        else:
            write_workbook(tables, path, title="Codebook")
        return read_codebook(path)


NASTY = Framework(
    questions=(Question(id="q0", key="null"), Question(id="q1", key='1; "2"', text="- a\n\n  b: c\n#d", parent="q0")),
    codes=(
        Code(id="c0", name="out › in", example="=HYPERLINK(1)", full="two  spaces\n\ttab", questions=("q1", "q0")),
        Code(id="c1", name="null", parent="c0", brief="'quoted' _x0041_", position=1),
        Code(id="c2", name="out", position=2, full="word " * 60 + "end"),
        Code(id="c3", name="in", parent="c2", position=3, example="'=1"),
    ),
    themes=(Theme(id="t0", name="a; b", codes=("c3", "c0"), questions=("q1",)),),
)
CHECKED = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("name", ["book.yaml", "book.xlsx"])
@CHECKED
@given(frameworks().filter(unambiguous))
@example(NASTY)
def test_yaml_and_excel_bring_everything_back(name: str, framework: Framework) -> None:
    draft = through(framework, name)
    assert (draft.project, draft.approach) == ("Pilot: “one”", "reflexive")
    there = said(framework.questions, framework.codes, framework.themes)
    assert said(draft.questions, draft.codes, draft.themes) == there


def without_commas(framework: Framework) -> bool:
    """Whether no key has a comma: in a file that asks no questions itself, `1a, 2b` names two."""
    return not any("," in question.key and question.key.strip(", ") for question in framework.questions)


@CHECKED
@given(frameworks().filter(unambiguous).filter(without_commas))
@example(NASTY)
@example(
    Framework(questions=(Question(id="q0", key=","),), codes=(Code(id="c0", name="a", questions=("q0",)),), themes=())
)
def test_csv_brings_the_codes_back_and_which_theme_takes_them(framework: Framework) -> None:
    draft = through(framework, "book.csv")
    assert draft.questions == ()
    asked = [question for question, _ in draft.elsewhere.values()]
    now = said(asked, draft.codes, draft.themes)
    there = said(framework.questions, framework.codes, framework.themes)
    assert now["codes"] == there["codes"]
    assert {name: set(codes) for name, _, codes, _ in now["themes"]} == {
        name: set(codes) for name, _, codes, _ in there["themes"] if codes
    }


def test_what_is_retired_is_left_out(tmp_path: Path) -> None:
    codes = (
        NASTY.codes[0],
        replace(NASTY.codes[1], retired=True),
        replace(NASTY.codes[2], retired=True),
        NASTY.codes[3],
    )
    framework = replace(NASTY, codes=codes)
    for name in ("book.yaml", "book.xlsx", "book.csv"):
        draft = through(framework, name)
        assert [code.name for code in draft.codes] == ["out › in"]
        assert [theme.codes for theme in draft.themes] == [(draft.codes[0].id,)]


def test_yaml_is_written_for_people(tmp_path: Path) -> None:
    write_yaml(NASTY, tmp_path / "book.yaml", project="Pilot", approach="framework")
    text = (tmp_path / "book.yaml").read_text(encoding="utf-8")
    assert text.startswith('project: Pilot\napproach: framework\n\nquestions:\n  - key: "null"\n    sub:\n')
    assert "    full: >-\n      word word" in text
    assert max(map(len, text.splitlines())) <= 120
    assert re.search(r"full: \|-\n +two  spaces\n", text)
