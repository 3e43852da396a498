"""The command `agreement`, run as a person runs it."""

import json

import pytest

from tbcp_qual.cli import cli
from tbcp_qual.cli.running import run
from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.edits import apply_code, mark_done
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Code, Coder, Coding, Document, Turn
from tbcp_qual.coding.spans import Span
from tests.conftest import Sample


def command(monkeypatch: pytest.MonkeyPatch, sample: Sample, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["tbcp-qual", "--project", str(sample.path), "agreement", *words])
    return run(cli)


@pytest.fixture
def coded(sample: Sample) -> Sample:
    """AK and RM have coded the interview, a code below another among it, and marked it done."""
    project = sample.project
    silence = Code(id=new_id(), name="Silence", parent=sample.key_worker.id)
    project.apply("code", [create(silence)], coder=sample.ak.id)
    for coder, code, words in (
        (sample.ak, sample.listened, "She just sat with me."),
        (sample.rm, sample.listened, "My midwife said. She just sat with me."),
        (sample.rm, sample.mistrust, "It was not for the form."),
        (sample.ak, silence, "sat with me"),
    ):
        start = sample.TEXT.index(words)
        changes = apply_code(
            [],
            project.snapshot("").codebook,
            document=sample.document,
            span=Span(start, start + len(words)),
            code=code,
            coder=coder.id,
        )
        project.apply("coded", changes, coder=coder.id)
    for coder in (sample.ak, sample.rm):
        project.apply("done", mark_done(None, document=sample.document.id, coder=coder.id), coder=coder.id)
    return sample


def test_the_table_stands_aligned_with_its_statement_below(
    coded: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(monkeypatch, coded, "--code", "listened", "--code", "silence") == 2
    assert "No code is called “listened”" in capsys.readouterr().err
    assert command(monkeypatch, coded, "--unit", "sentence") == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    lines = printed.out.splitlines()
    assert lines[:7] == [
        "AK and RM",
        "code               n  both  AK only  RM only  prevalence  percent  kappa  alpha",
        "Key worker",
        "  Silence          3     0        1        0       16.7%    66.7%  0.000  0.000",
        "Being listened to  3     1        0        1       50.0%    66.7%  0.400  0.444",
        "Mistrust           3     0        0        1       16.7%    66.7%  0.000  0.000",
        "overall, pooled    9     1        1        2       27.8%    66.7%  0.182  0.215",
    ]
    assert "Unit: sentence. Coders: AK, RM." in lines
    assert "Compared: documents both have marked done; interviewer turns left out." in lines
    assert "Documents (1): P07." in lines


def test_what_is_undefined_prints_a_dash_and_its_reason_once(
    coded: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(monkeypatch, coded, "--code", "key worker") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].split() == ["Key", "worker", "2", "0", "0", "0", "0.0%", "100.0%", "–", "–"]
    assert lines[4] == "– undefined: no variation: both coders gave every unit the same value (Cohen's kappa)"
    assert lines[5] == "– undefined: no variation: every unit got the same value from everybody (Krippendorff's alpha)"


def test_json_has_full_precision_and_null_with_its_reason(
    coded: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(monkeypatch, coded, "--unit", "character", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    (pair,) = found["pairs"]
    (listened,) = (code for code in pair["codes"] if code["path"] == "Being listened to")
    assert listened["statistics"]["cohen_kappa"]["value"] == pytest.approx(504 / 1031, rel=1e-15)
    assert (listened["both"], listened["first_only"], listened["second_only"], listened["neither"]) == (21, 0, 17, 24)
    assert command(monkeypatch, coded, "--code", "key worker", "--json") == 0
    kappa = json.loads(capsys.readouterr().out)["pairs"][0]["overall"]["statistics"]["cohen_kappa"]
    assert kappa["value"] is None
    assert kappa["undefined"].startswith("no variation")


def test_three_coders_get_a_table_per_pair_and_one_of_all(
    coded: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    third = Coder(id=new_id(), name="ZH")
    coded.project.apply("coder", [create(third)], coder="")
    coded.project.apply("done", mark_done(None, document=coded.document.id, coder=third.id), coder=third.id)
    assert command(monkeypatch, coded) == 0
    out = capsys.readouterr().out
    for heading in ("AK and RM", "AK and ZH", "RM and ZH", "All of AK, RM, ZH"):
        assert heading in out.splitlines()
    assert "averaged over units" in out
    assert command(monkeypatch, coded, "--between", "RM, ZH", "--branch") == 0
    out = capsys.readouterr().out
    assert out.startswith("RM and ZH\n")
    assert "each with all below it" in out


def test_two_who_coded_nothing_get_a_sentence_and_no_figures(
    sample: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for coder in (sample.ak, sample.rm):
        changes = mark_done(None, document=sample.document.id, coder=coder.id)
        sample.project.apply("done", changes, coder=coder.id)
    assert command(monkeypatch, sample) == 0
    assert "None of them coded any unit here." in capsys.readouterr().out
    assert command(monkeypatch, sample, "--json") == 0
    assert json.loads(capsys.readouterr().out)["pairs"][0]["overall"] is None


def test_what_is_missing_is_said_in_two_lines(
    sample: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(monkeypatch, sample) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines()[0] == "tbcp-qual: Nobody has marked a document done."
    assert "tbcp-qual documents done" in printed.err


def test_a_reflexive_project_is_told_that_it_has_none(
    coded: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    coded.project.apply("approach", [update(coded.project.info, approach="reflexive")], coder="")
    assert command(monkeypatch, coded) == 2
    assert "no coefficients" in capsys.readouterr().err


def test_ten_documents_get_an_interval_with_its_seed_and_a_warning(
    sample: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = sample.project
    spans = [(sample.ak, 0, 20), (sample.rm, 5, 20), (sample.ak, 40, 60), (sample.rm, 44, 60), (sample.ak, 80, 90)]
    for number in range(10):
        document = Document(id=new_id(), name=f"P{number + 20}", source_type="parent", text=sample.document.text)
        turn = Turn(id=new_id(), document=document.id, text=document.text, head=0, start=0, end=len(sample.TEXT))
        codings = [
            Coding(
                id=new_id(),
                document=document.id,
                text=document.text,
                start=start,
                end=end + number,
                code=sample.listened.id,
                coder=coder.id,
            )
            for coder, start, end in spans
        ]
        done = [
            change
            for coder in (sample.ak, sample.rm)
            for change in mark_done(None, document=document.id, coder=coder.id)
        ]
        project.apply(
            "coded", [create(document), create(turn), *(create(coding) for coding in codings), *done], coder=""
        )
    assert command(monkeypatch, sample, "--unit", "character") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split()[-5:] == ["alpha", "95", "%", "of", "alpha"]
    assert "Intervals: 95 %, 1,000 resamples of the documents, seed 1; below 30 documents they are unstable." in lines
    assert command(monkeypatch, sample, "--unit", "character", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["seed"], found["resamples"]) == (1, 1_000)
    alpha = found["pairs"][0]["overall"]["statistics"]["krippendorff_alpha"]
    low, high = alpha["ci95"]
    assert low < alpha["value"] < high
    assert alpha["unstable"] is True
    shown = f"{low:.3f} to {high:.3f}"
    assert next(line for line in lines if line.startswith("overall")).endswith(shown)


def test_few_documents_get_no_interval_and_are_told_why(
    coded: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(monkeypatch, coded) == 0
    assert "No intervals: 1 document was compared; below 10 drawing them again says nothing." in capsys.readouterr().out
