"""The commands `reconcile`, on a round that was locked, as an evaluator runs them."""

import json
import re
import shutil

import pytest

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Code, Coder, Evidence, Finding, Question, Round, Theme
from tbcp_qual.coding.rounds import lock, locked_body
from tbcp_qual.coding.spans import Span
from tbcp_qual.coding.text import text_hash
from tbcp_qual.store import Project
from tests.cli.shell import Shell
from tests.conftest import Sample

SAT = "She just sat with me."
FORM = "It was not for the form."
MIDWIFE = "My midwife said."


def put(project: Project, coder: str, code: Code, document: str, words: str, memo: str = "") -> None:
    now = project.snapshot(coder)
    where = now.document_by_id[document]
    start = now.texts[where.text].index(words)
    span = Span(start, start + len(words))
    changes = edits.apply_code(now.codings, now.codebook, document=where, span=span, code=code, coder=coder, memo=memo)
    project.apply("coded", changes, coder=coder)


def lock_round(project: Project, made: Round) -> None:
    body = locked_body(lock(project.snapshot("an outsider"), made, codebook="x", splitter=1))
    changes = [update(made, locked=text_hash(body), locked_at="2027-01-02T00:00:00+00:00")]
    project.apply("round locked", changes, coder=made.coders[0], texts=[body], undoable=False)


@pytest.fixture
def coded(sample: Sample) -> Sample:
    """AK and RM have coded P07 alone: agreed on the midwife, two codes on one sentence, one of them alone on another."""
    project, ak, rm, document = sample.project, sample.ak.id, sample.rm.id, sample.document.id
    put(project, ak, sample.key_worker, document, MIDWIFE)
    put(project, rm, sample.key_worker, document, MIDWIFE)
    put(project, ak, sample.listened, document, SAT, memo="the form was away")
    put(project, rm, sample.mistrust, document, "just sat with me")
    put(project, ak, sample.mistrust, document, FORM)
    for coder in (ak, rm):
        project.apply("done", edits.mark_done(None, document=document, coder=coder), coder=coder)
    sample.round = Round(id=new_id(), name="1", blind=True, documents=(document,), coders=(ak, rm))
    project.apply("round opened", [create(sample.round)], coder=ak)
    return sample


@pytest.fixture
def locked(coded: Sample) -> Sample:
    """The same, locked."""
    lock_round(coded.project, coded.round)
    return coded


def ids(shell: Shell, *options: str) -> list[str]:
    return [line["id"] for line in shell.json("reconcile", "list", "1", *options)]


def stands(shell: Shell) -> list[tuple[str, str]]:
    return [(coding["code"], coding["words"]) for coding in shell.json("codings", "list", "--by", "consensus")]


AGREED = ("Key worker", MIDWIFE)


def test_nobody_sees_where_coders_differ_before_the_round_is_locked(coded: Sample, shell: Shell) -> None:
    for command in (["list", "1"], ["status", "1"], ["review", "1"], ["confusion", "1"]):
        assert shell("reconcile", *command) == 5
        assert shell.out == ""
        assert "is not locked" in shell.err
    assert shell("reconcile", "show", "0000") == 2
    assert shell("reconcile", "list", "2") == 2
    assert shell("reconcile", "list") == 5
    assert shell("codings", "list", "--by", "consensus") == 1


def test_the_list_says_who_has_what_where(locked: Sample, shell: Shell) -> None:
    assert shell("reconcile", "list", "1", "--order", "document") == 0
    lines = shell.out.splitlines()
    assert lines[0].endswith("  P07, parent, turn 2")
    assert lines[1].strip() == "different code: Being listened to (AK) / Mistrust (RM)"
    assert lines[2].strip() == f"“{SAT}”"
    assert lines[4].strip() == "missed by RM: Mistrust (AK)"
    assert "2 passages differ: 0 settled, 0 put off, 2 open. 1 coding that all coders share is taken" in shell.err
    told = shell.json("reconcile", "list", "1", "--order", "document")[0]
    assert (told["document"], told["codes"]) == ("P07", ["Being listened to", "Mistrust"])


def test_names_are_hidden_where_that_is_wished(locked: Sample, shell: Shell) -> None:
    assert shell("reconcile", "list", "1", "--hide-names") == 0
    assert "Being listened to (1) / Mistrust (2)" in shell.out
    (first, _) = ids(shell, "--order", "document")
    assert shell("reconcile", "show", first, "--hide-names") == 0
    assert not re.search(r"\b(AK|RM)\b", shell.out)
    assert shell("reconcile", "decide", first, "--take", "2", "--reason", "oversight") == 0
    assert stands(shell) == [AGREED, ("Mistrust", "just sat with me")]
    assert "AK" not in json.dumps(shell.json("reconcile", "list", "1", "--all", "--hide-names"))


def test_what_most_findings_rest_on_comes_first_and_then_the_first_question(locked: Sample, shell: Shell) -> None:
    first, second = ids(shell, "--order", "document")
    assert ids(shell, "--order", "code") == [first, second]
    project = Project.open(locked.path)
    questions = [Question(id=new_id(), key=str(n), position=n) for n in (1, 2)]
    themes = [
        Theme(id=new_id(), name="One", codes=(locked.mistrust.id,), questions=(questions[0].id,), position=2),
        Theme(id=new_id(), name="Two", codes=(locked.listened.id,), questions=(questions[1].id,), position=1),
    ]
    project.apply("asked", [create(record) for record in (*questions, *themes)], coder=locked.ak.id)
    assert ids(shell) == [first, second]
    coding = next(
        c for c in project.snapshot(locked.ak.id).codings if c.code == locked.mistrust.id and c.coder == locked.ak.id
    )
    finding = Finding(id=new_id(), key="4", statement="It opens doors")
    evidence = Evidence(
        id=new_id(), finding=finding.id, document=coding.document, codings=(coding.id,), coder=locked.ak.id
    )
    project.apply("found", [create(finding), create(evidence)], coder=locked.ak.id)
    project.close()
    assert ids(shell) == [second, first]
    assert shell.json("reconcile", "list", "1")[0]["findings"] == ["4"]


def test_a_passage_is_shown_once_with_lanes_to_the_character(locked: Sample, shell: Shell) -> None:
    first = ids(shell, "--order", "document")[0]
    assert shell("reconcile", "show", first[:6]) == 0
    lines = shell.out.splitlines()
    at = next(n for n, line in enumerate(lines) if SAT in line)
    row, a, b = lines[at : at + 3]
    assert row[a.index("━") : a.rindex("━") + 1] == SAT
    assert row[b.index("━") : b.rindex("━") + 1] == "just sat with me"
    assert "  a AK: Being listened to" in lines
    assert "      memo: the form was away" in lines


def test_json_of_a_passage_has_offsets_into_the_words_it_gives(locked: Sample, shell: Shell) -> None:
    first = ids(shell, "--order", "document")[0]
    shown = shell.json("reconcile", "show", first)
    assert shown["text"][slice(*shown["passage"])] == SAT
    lanes = [(lane["coders"], shown["text"][lane["start"] : lane["end"]]) for lane in shown["lanes"]]
    assert lanes == [(["AK"], SAT), (["RM"], "just sat with me")]
    assert shown["proposed_reason"] == "unclear definition"
    assert [definition["path"] for definition in shown["definitions"]] == ["Being listened to", "Mistrust"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--take", "AK"], [("Being listened to", SAT)]),
        (["--take", "rm"], [("Mistrust", "just sat with me")]),
        (["--take", "all"], [("Being listened to", SAT), ("Mistrust", "just sat with me")]),
        (["--take", "AK", "--take", "RM"], [("Being listened to", SAT), ("Mistrust", "just sat with me")]),
        (["--take", "neither"], []),
        (["--code", "Key worker"], [("Key worker", SAT)]),
        (["--code", "Mistrust", "--quotation", "She just sat"], [("Mistrust", "She just sat")]),
    ],
)
def test_what_stands_is_what_was_decided(
    locked: Sample, shell: Shell, options: list[str], expected: list[tuple[str, str]]
) -> None:
    first = ids(shell, "--order", "document")[0]
    assert shell("reconcile", "decide", first, *options, "--reason", "boundary", "--words", "she sat") == 0
    assert "1 of 2 passages settled" in shell.err
    assert stands(shell) == [AGREED, *expected]
    assert shell("undo") == 0
    assert stands(shell) == [AGREED]
    assert shell("redo") == 0
    assert stands(shell) == [AGREED, *expected]
    assert shell("verify") == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--take", "AK"], "needs its reason"),
        (["--reason", "boundary"], "What stands?"),
        (["--take", "AK", "--code", "Mistrust", "--reason", "boundary"], "What stands?"),
        (["--take", "all", "--take", "AK", "--reason", "boundary"], "stands alone"),
        (["--take", "TS", "--reason", "boundary"], "did not code this document"),
        (["--code", "Nothing", "--reason", "boundary"], "No code is called"),
        (["--quotation", "sat with", "--reason", "boundary"], "several codes"),
        (["--code", "Mistrust", "--quotation", "the form", "--reason", "boundary"], "not in the turns"),
        (["--code", "Mistrust", "--quotation", "sat", "--reason", "boundary", "--like-this"], "no decision for others"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_two_lines(
    locked: Sample, shell: Shell, options: list[str], said: str
) -> None:
    first = ids(shell, "--order", "document")[0]
    assert shell("reconcile", "decide", first, *options) == 2
    assert said in shell.err
    assert len(shell.err.splitlines()) <= 2
    assert stands(shell) == [AGREED]


def test_what_is_put_off_or_referred_stays_in_the_list_and_out_of_the_consensus(locked: Sample, shell: Shell) -> None:
    first, second = ids(shell, "--order", "document")
    assert shell("reconcile", "defer", first, "--words", "ask the midwife") == 0
    assert shell("reconcile", "refer", second, "--to", "Jo Blake", "--with", "RM") == 0
    assert shell("reconcile", "list", "1") == 0
    assert "→ put off, AK: ask the midwife" in shell.out
    assert "→ Jo Blake is asked, AK and RM" in shell.out
    assert "2 put off, 0 open" in shell.err
    assert stands(shell) == [AGREED]
    assert "2 passages that nobody has settled are left out" in shell.err
    assert shell("reconcile", "decide", second, "--take", "AK", "--reason", "oversight", coder="Jo Blake") == 0
    assert ids(shell) == [first]
    assert stands(shell) == [AGREED, ("Mistrust", FORM)]


def test_the_same_is_decided_for_all_like_it_in_one_act(sample: Sample, shell: Shell) -> None:
    project = Project.open(sample.path)
    ak, rm, document = sample.ak.id, sample.rm.id, sample.document.id
    for words in (MIDWIFE, SAT, FORM):
        put(project, ak, sample.listened, document, words)
        put(project, rm, sample.mistrust, document, words)
    for coder in (ak, rm):
        project.apply("done", edits.mark_done(None, document=document, coder=coder), coder=coder)
    made = Round(id=new_id(), name="1", documents=(document,), coders=(ak, rm))
    project.apply("round opened", [create(made)], coder=ak)
    lock_round(project, made)
    project.close()
    first, second, third = ids(shell, "--order", "document")
    assert shell("reconcile", "refer", third, "--to", "JB") == 0
    assert shell("reconcile", "show", first) == 0
    assert f"1 more like this, not settled:\n    {second[:8]}" in shell.out
    assert shell("reconcile", "decide", first, "--take", "RM", "--reason", "unclear definition", "--like-this") == 0
    assert shell.err.count("RM’s (unclear definition)") == 2
    assert stands(shell) == [("Mistrust", MIDWIFE), ("Mistrust", SAT)]
    assert shell("undo") == 0
    assert stands(shell) == []


def test_later_edits_change_nothing_of_what_was_locked(locked: Sample, shell: Shell) -> None:
    before = shell.json("reconcile", "list", "1")
    project = Project.open(locked.path)
    for coding in project.snapshot(locked.ak.id).codings:
        project.apply("gone", edits.remove_coding(coding), coder=coding.coder)
    project.close()
    assert shell.json("reconcile", "list", "1") == before
    assert stands(shell) == [AGREED]


def test_the_consensus_follows_a_corrected_text(locked: Sample, shell: Shell) -> None:
    first = ids(shell, "--order", "document")[0]
    assert shell("reconcile", "decide", first, "--take", "AK", "--reason", "boundary") == 0
    file = locked.path.with_name("P07.txt")
    file.write_text(locked.TEXT.replace("My midwife said.", "My community midwife said."))
    assert shell("documents", "revise", "P07", file) in (0, 1), shell.err
    assert stands(shell) == [("Key worker", "My community midwife said."), ("Being listened to", SAT)]
    assert ids(shell, "--all", "--order", "document")[0] == first


def test_the_matrix_can_be_that_of_the_consensus(locked: Sample, shell: Shell) -> None:
    project = Project.open(locked.path)
    theme = Theme(id=new_id(), name="Trust", codes=(locked.mistrust.id, locked.key_worker.id))
    project.apply("theme", [create(theme)], coder=locked.ak.id)
    project.close()
    matrix = shell.json("export", "matrix", "--by", "consensus", "--rows", "source-type")
    (row,) = matrix["rows"]
    assert [quotation["words"] for quotation in row["cells"][theme.id]["quotations"]] == [MIDWIFE]
    assert matrix["coder"] == "consensus"


def test_the_status_tells_shares_kinds_reasons_and_the_codebook_since(locked: Sample, shell: Shell) -> None:
    first, second = ids(shell, "--order", "document")
    assert shell("reconcile", "decide", first, "--take", "AK", "--reason", "unclear definition") == 0
    project = Project.open(locked.path)
    project.apply("defined", [update(locked.mistrust, not_when="for silence")], coder=locked.ak.id)
    project.close()
    told = shell.json("reconcile", "status", "1", code=1)
    assert (told["agreed"], told["passages"], told["settled"], told["unresolved"]) == (1, 2, 1, 1)
    assert told["outcomes"] == {"coders": 1}
    assert told["reasons"] == {"unclear definition": 1}
    ak, rm = sorted(told["coders"], key=lambda shares: shares["coder"])
    assert (ak["codings"], ak["agreed"], ak["kept"], ak["changed"], ak["unresolved"]) == (3, 1, 1, 0, 1)
    assert (rm["codings"], rm["agreed"], rm["kept"], rm["changed"], rm["unresolved"]) == (2, 1, 0, 1, 0)
    assert told["codebook"] == [{"path": "Mistrust", "was": "Mistrust", "what": ["redefined"], "at_issue": 1}]
    assert shell("reconcile", "decide", second, "--take", "neither", "--reason", "genuine difference") == 0
    assert shell("reconcile", "status", "1") == 0
    assert "Only a new blind round on other documents shows" in shell.out
    assert "kappa" not in shell.out + shell.err
    assert "alpha" not in shell.out + shell.err


def test_no_coefficient_is_computed_from_a_consensus(locked: Sample, shell: Shell) -> None:
    for command in (["agreement"], ["agreement", "--round", "1"]):
        assert shell(*command, "--between", "AK,consensus") == 2
        assert "No coefficient is computed from a consensus" in shell.err
        assert "new blind round" in shell.err
    assert shell("agreement", "--between", "AK,RM") == 0


def test_the_codebook_is_reviewed_and_code_set_against_code(locked: Sample, shell: Shell) -> None:
    table = shell.json("reconcile", "confusion", "1", "--between", "AK,RM")
    cells = {(cell["first"], cell["second"]): cell["count"] for cell in table["cells"]}
    assert cells == {
        ("Key worker", "Key worker"): 1,
        ("Being listened to", "Mistrust"): 1,
        ("Mistrust", None): 1,
    }
    assert shell("reconcile", "confusion", "1") == 0
    assert shell("reconcile", "confusion", "1", "--between", "AK,ZZ") == 2
    assert shell.json("reconcile", "review", "1") == []
    assert shell("reconcile", "review", "1") == 0
    assert "say nothing of the codebook" in shell.err


def test_in_a_reflexive_project_differences_are_listed_and_nothing_is_settled_or_counted(
    locked: Sample, shell: Shell
) -> None:
    project = Project.open(locked.path)
    project.apply("approach", [update(project.info, approach="reflexive")], coder="")
    project.close()
    assert shell("reconcile", "list", "1") == 0
    assert "2 differences to discuss." in shell.err
    first = ids(shell)[0]
    assert shell("reconcile", "show", first) == 0
    for command in (["status", "1"], ["review", "1"], ["confusion", "1"], ["defer", first]):
        assert shell("reconcile", *command) == 2
        assert "reflexive" in shell.err


def test_documents_that_another_round_keeps_blind_stay_out(locked: Sample, shell: Shell) -> None:
    project = Project.open(locked.path)
    later = Round(id=new_id(), name="2", documents=(locked.document.id,), coders=(locked.ak.id,))
    project.apply("opened", [create(later)], coder=locked.rm.id)
    project.close()
    assert shell.json("reconcile", "list", "1") == []
    assert "Left out" in shell.err
    assert len(shell.json("reconcile", "list", "1", coder="RM")) == 2


def test_a_passage_decided_in_two_copies_is_one_conflict_in_words_settled_as_a_whole(
    locked: Sample, shell: Shell
) -> None:
    first = ids(shell, "--order", "document")[0]
    here = shell.path
    other = here.with_name("other.tbcp")
    shutil.copy(here, other)
    decide = ("reconcile", "decide", first)
    assert shell(*decide, "--take", "AK", "--reason", "boundary", "--words", "all she said") == 0
    shell.path = other
    assert shell(*decide, "--take", "neither", "--reason", "unclear definition", coder="RM") == 0
    shell.path = here
    assert shell("merge", other) == 1
    with Project.open(here) as project:
        (decision,) = project.records("decision")
        assert project.verify() == []
    assert (decision.outcome, decision.taken, decision.words) == ("neither", (), "")
    assert shell("conflicts") == 1
    lines = shell.out.splitlines()
    assert lines[0] == "1. round 1, P07, parent, turn 2: two decisions"
    assert re.fullmatch(r"   standing: RM, .*: none stands; unclear definition", lines[1])
    assert re.fullmatch(r"   other:    AK, .*: what AK coded stands; boundary: “all she said”", lines[2])
    (line,) = shell.json("conflicts", code=1)
    assert line["choices"][1]["value"]["taken"] == ["AK"]
    assert shell("conflicts", "--settle", "1", "--keep", "other3") == 2
    assert shell("conflicts", "--settle", "1", "--keep", "other") == 0
    with Project.open(here) as project:
        (settled,) = project.records("decision")
        assert (settled.outcome, settled.taken, settled.words) == ("coders", (locked.ak.id,), "all she said")
        assert project.verify() == []
    assert shell("merge", other) == 0


def test_what_a_decision_was_before_is_told_to_those_who_may_see_it(locked: Sample, shell: Shell) -> None:
    first = ids(shell, "--order", "document")[0]
    assert shell("reconcile", "defer", first) == 0
    own = ("--code", "Mistrust", "--quotation", "just sat")
    assert shell("reconcile", "decide", first, *own, "--reason", "boundary", coder="RM") == 0
    act = shell.json("history", "--kind", "decision")[0]["id"]
    (record,) = shell.json("history", "show", act)["records"]
    assert record["called"] == "round 1, P07"
    fields = {field["name"]: (field["before"], field["after"]) for field in record["fields"]}
    assert fields["outcome"] == ("deferred", "own")
    assert fields["codes"] == (None, ["Mistrust"])
    assert fields["spans"] == (None, ["just sat"])
    later = Round(id=new_id(), name="2", documents=(locked.document.id,), coders=(locked.ak.id,))
    with Project.open(locked.path) as project:
        project.apply("opened", [create(later)], coder=locked.rm.id)
    assert [deed["coder"] for deed in shell.json("history", "--kind", "decision")] == ["AK"]
    assert shell.json("history", "show", act)["records"] == []
    assert len(shell.json("history", "--kind", "decision", coder="RM")) == 2


def test_nothing_that_a_terminal_would_obey_is_printed(sample: Sample, shell: Shell) -> None:
    project = Project.open(sample.path)
    evil = Coder(id=new_id(), name="E\x1b[31m\u202e")
    code = Code(id=new_id(), name="red\x1b]0;title\x07", brief="\x9b2J", full="x\x1b[2J")
    project.apply("came", [create(evil), create(code)], coder="")
    put(project, evil.id, code, sample.document.id, SAT, memo="m\x1b[31m")
    for coder in (sample.ak.id, evil.id):
        project.apply("done", edits.mark_done(None, document=sample.document.id, coder=coder), coder=coder)
    made = Round(id=new_id(), name="1", documents=(sample.document.id,), coders=(sample.ak.id, evil.id))
    project.apply("round opened", [create(made)], coder=evil.id)
    lock_round(project, made)
    project.close()
    (only,) = ids(shell)
    for command in (
        ["list", "1"],
        ["show", only],
        ["status", "1"],
        ["confusion", "1"],
        ["refer", only, "--to", "\x1b[1m"],
    ):
        assert shell("reconcile", *command) in (0, 1)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shell.out + shell.err)
