"""The stage `read`, with what one noted on getting to know the document."""

from .driving import over


async def test_read_brings_a_familiarisation_memo_and_one_undo_takes_both_back(sample):
    sample.project.close()
    async with over(sample) as bench:
        await bench.press("t 1")
        assert "P07 is read · familiarisation memo" in bench.picture()
        await bench.type("Warm and wary")
        await bench.press("escape")
        with_memo = bench.app.reader.snapshot(sample.ak.id, [sample.document.id])
        (memo,) = with_memo.memos
        assert (memo.kind, memo.body, memo.document) == ("familiarisation", "Warm and wary", sample.document.id)
        assert with_memo.documents[0].stage == "read"
        await bench.press("t 1")
        assert "Warm and wary" in bench.picture()
        await bench.type(" too")
        await bench.press("escape")
        assert [m.body for m in bench.app.reader.snapshot(sample.ak.id).memos] == ["Warm and wary too"]
        await bench.press("u u")
        undone = bench.app.reader.snapshot(sample.ak.id)
        assert undone.memos == ()
        assert undone.documents[0].stage == ""


async def test_nothing_noted_sets_the_stage_alone_and_other_stages_ask_for_nothing(sample):
    sample.project.close()
    async with over(sample) as bench:
        await bench.press("t 1 escape")
        now = bench.app.reader.snapshot(sample.ak.id)
        assert (now.documents[0].stage, now.memos) == ("read", ())
        await bench.press("t 2")
        assert bench.app.screen is bench.screen
        assert bench.app.reader.snapshot(sample.ak.id).documents[0].stage == "coded"
