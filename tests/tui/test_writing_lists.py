"""Whatever a screen lists is written as CSV or JSON with one key, through the disclosure check."""

import csv
import json

from tbcp_qual.coding.changes import update
from tbcp_qual.store import Project
from tbcp_qual.tui.dialogs.reading import ReadDialog
from tbcp_qual.tui.widgets.passages import PassageList

from .driving import coded, over


async def test_a_list_goes_out_as_csv_and_json_and_is_in_the_record(sample):
    sample.project.apply("strict", [update(sample.document, permission="paraphrase only")], coder="", undoable=False)
    coded(sample)
    exports = sample.path.parent / "exports"
    async with over(sample) as bench:
        await bench.press("P ctrl+o")
        assert bench.said() == "Nothing is listed here."
        await bench.press("C H ctrl+o enter")
        assert not isinstance(bench.app.screen, ReadDialog)
        await bench.press("escape")
        assert not exports.exists()
        await bench.press("ctrl+o enter enter")
        assert (exports / "acts.csv").is_file()
        assert bench.said().startswith("wrote ")
        with (exports / "acts.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert any("study coded" in " ".join(row.values()) for row in rows)

        await bench.press("C F")
        await bench.type("sat")
        await bench.press("ctrl+o enter")
        if isinstance(bench.app.screen, ReadDialog):
            await bench.press("enter")
        await bench.press("ctrl+u")
        await bench.type("hits.json")
        await bench.press("enter")
        await bench.press("ctrl+o 4")
        assert isinstance(bench.app.screen, ReadDialog)
        assert any("permission" in item.label for item in bench.app.screen.query_one(PassageList).items)
        await bench.press("escape")
        rows = json.loads((exports / "hits.json").read_text(encoding="utf-8"))
        assert [row["words"].strip() for row in rows] == ["sat"] * len(rows) != []
        assert all("sat" in row["before"] + row["words"] + row["after"] for row in rows)
        assert any("My mother" in row["before"] for row in rows)
    with Project.open(sample.path, read_only=True) as project:
        made = {export.file: export for export in project.records("export")}
    assert made["hits.json"].what == "list of words"
    assert made["acts.csv"].audience == "team"
