"""Memos as changes: what one is about, who may change it, and what it draws on."""

import pytest

from tbcp_qual.coding import memos
from tbcp_qual.coding.changes import changed
from tbcp_qual.coding.memos import THE_PROJECT, Subject
from tbcp_qual.coding.records import Case, Code, Document, Memo, ProjectInfo, Theme
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import Conflict, UsageError

DOCUMENT = Document(id="d", name="P07 interview", text="t" * 64)
CASE, THEME = Case(id="f", label="F07"), Theme(id="h", name="Trust")
OLD, NEW = Code(id="a", name="Old", merged_into="b", retired=True), Code(id="b", name="New")
NOW = Snapshot(
    project=ProjectInfo(id="p"),
    viewer="ak",
    documents=(DOCUMENT,),
    cases=(CASE,),
    codes=(OLD, NEW),
    themes=(THEME,),
    texts={},
)


def written(subject: Subject = THE_PROJECT, **values: object) -> Memo:
    said = {"kind": "analytic", "title": "", "body": "words", "coder": "ak", "at": "2025-03-01T10:00:00+00:00"}
    (change,) = memos.write(subject, **{**said, **values})  # type: ignore[arg-type]
    made = changed(Memo(id=change.id), change)
    assert isinstance(made, Memo)
    return made


def about(memo: Memo) -> str:
    return memos.in_words(memo, NOW, lambda document, text, span: f"{document}, {span.start} to {span.end}")


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        (THE_PROJECT, "the project"),
        (Subject(document=DOCUMENT), "document P07 interview"),
        (Subject(document=DOCUMENT, span=Span(0, 9)), "d, 0 to 9"),
        (Subject(case=CASE), "case F07"),
        (Subject(code=OLD), "code New"),
        (Subject(theme=THEME), "theme Trust"),
    ],
)
def test_a_memo_says_what_it_is_about(subject: Subject, said: str) -> None:
    assert about(written(subject)) == said


def test_a_memo_is_about_one_thing_and_says_something() -> None:
    with pytest.raises(UsageError, match="about one thing"):
        written(Subject(document=DOCUMENT, code=NEW))
    with pytest.raises(UsageError, match="Nothing is written"):
        written(body=" \x00\n ")
    assert written(body="", title="only a title").title == "only a title"


def test_control_characters_do_not_get_in_and_a_title_is_one_line() -> None:
    memo = written(body="\x1b[31mred\r\nnext", title="one\ntwo")
    assert (memo.body, memo.title) == ("[31mred\nnext", "one two")


def test_only_whoever_wrote_it_changes_it() -> None:
    memo = written()
    for act in (
        lambda: memos.edit(memo, coder="rm", body="other"),
        lambda: memos.link(memo, ["c"], coder="rm"),
        lambda: memos.unlink(memo, ["c"], coder="rm"),
        lambda: memos.delete(memo, coder="rm"),
    ):
        with pytest.raises(Conflict, match="Somebody else"):
            act()
    assert memos.edit(memo, coder="ak", body="words") == []
    (change,) = memos.edit(memo, coder="ak", body="other", kind="reflexive")
    assert change.fields == {"kind": ("analytic", "reflexive"), "body": ("words", "other")}
    with pytest.raises(UsageError, match="Nothing would be left"):
        memos.edit(memo, coder="ak", body=" ")


def test_codings_are_linked_once_and_unlinked() -> None:
    memo = written(codings=["a", "b", "a"])
    assert memo.codings == ("a", "b")
    (change,) = memos.link(memo, ["b", "c"], coder="ak")
    assert change.fields == {"codings": (("a", "b"), ("a", "b", "c"))}
    (change,) = memos.unlink(memo, ["a"], coder="ak")
    assert change.fields["codings"][1] == ("b",)
    assert memos.link(memo, ["a"], coder="ak") == []
