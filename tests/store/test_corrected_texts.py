"""A text is corrected: codings are seen where their words went, and can be worked on there."""

import pytest

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.placing import is_unplaced
from tbcp_qual.coding.records import Coding, Forward, forward_id
from tbcp_qual.coding.spans import Span
from tbcp_qual.coding.text import text_hash
from tbcp_qual.errors import Conflict
from tests.conftest import Sample


def code(sample: Sample, start: int, end: int) -> Coding:
    now = sample.project.snapshot(sample.ak.id)
    changes = edits.apply_code(
        now.codings,
        now.codebook,
        document=now.document_by_id[sample.document.id],
        span=Span(start, end),
        code=sample.listened,
        coder=sample.ak.id,
    )
    sample.project.apply("coded", changes, coder=sample.ak.id)
    return next(c for c in sample.project.snapshot(sample.ak.id).codings if c.end >= end > c.start)


def correct(sample: Sample) -> str:
    """Put a word in: offsets from `sat` on move by five."""
    place = sample.TEXT.index("sat")
    new = sample.TEXT[:place] + "then " + sample.TEXT[place:]
    document = sample.project.record("document", sample.document.id)
    kept = ((0, 0, place), (place, place + 5, len(sample.TEXT) - place))
    forward = Forward(
        id=forward_id(document.id, document.text, text_hash(new)),
        document=document.id,
        before=document.text,
        after=text_hash(new),
        kept=kept,
    )
    turns = [
        update(
            t,
            text=text_hash(new),
            head=t.head + 5 * (t.head > place),
            start=t.start + 5 * (t.start > place),
            end=t.end + 5 * (t.end > place),
        )
        for t in sample.turns
    ]
    changes = [update(document, text=text_hash(new)), create(forward), *turns]
    sample.project.apply("corrected", changes, coder=sample.ak.id, texts=[new])
    return new


def test_a_coding_is_seen_on_the_corrected_text_and_undo_brings_the_old_one_back(sample: Sample) -> None:
    start = sample.TEXT.index("sat with me")
    before = code(sample, start, start + 11)
    correct(sample)
    now = sample.project.snapshot(sample.ak.id)
    (seen,) = now.codings
    assert now.words(seen) == "sat with me"
    assert (seen.start, seen.text) == (start + 5, now.document_by_id[sample.document.id].text)
    assert sample.project.progress(sample.ak.id).reviewed_by_document == {sample.document.id: 1}
    assert sample.project.verify() == []
    sample.project.undo(sample.ak.id)
    assert sample.project.snapshot(sample.ak.id).codings == (before,)


def test_a_coding_that_moved_is_extended_recoded_and_put_back(sample: Sample) -> None:
    start = sample.TEXT.index("sat with me")
    before = code(sample, start, start + 3)
    new = correct(sample)
    wider = code(sample, new.index("sat"), new.index("sat") + 11)
    assert wider.id == before.id
    sample.project.apply("recoded", edits.recode(wider, sample.mistrust), coder=sample.ak.id)
    now = sample.project.snapshot(sample.ak.id)
    assert [(now.words(c), c.code) for c in now.codings] == [("sat with me", sample.mistrust.id)]
    assert sample.project.verify() == []
    sample.project.undo(sample.ak.id)
    sample.project.undo(sample.ak.id)
    assert [now.words(c) for c in [sample.project.snapshot(sample.ak.id).codings[0]]] == ["sat"]
    assert sample.project.verify() == []


def test_a_correction_is_not_undone_under_codings_made_on_it(sample: Sample) -> None:
    new = correct(sample)
    code(sample, new.index("then"), new.index("then") + 8)
    sample.project.apply("other", [update(sample.mistrust, brief="x")], coder=sample.rm.id)
    revision = next(d.revision for d in sample.project.history() if d.revision.label == "corrected")
    with pytest.raises(Conflict, match="a coding lies on the corrected text"):
        sample.project._take_back(revision.id, sample.ak.id, "undid: ")


def test_words_that_were_struck_out_leave_their_coding_unplaced(sample: Sample) -> None:
    start = sample.TEXT.index("midwife")
    code(sample, start, start + 7)
    new = sample.TEXT.replace("midwife ", "")
    forward = Forward(
        id="f",
        document=sample.document.id,
        before=sample.document.text,
        after=text_hash(new),
        kept=((0, 0, start), (start + 8, start, len(sample.TEXT) - start - 8)),
    )
    changes = [update(sample.document, text=text_hash(new)), create(forward)]
    sample.project.apply("corrected", changes, coder=sample.rm.id, texts=[new])
    now = sample.project.snapshot(sample.ak.id)
    (lost,) = now.codings
    assert is_unplaced(lost, now.document_by_id[sample.document.id])
    assert now.words(lost) == "midwife"
