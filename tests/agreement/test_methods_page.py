"""`docs/methods.md` speaks of everything that is computed."""

from tbcp_qual.agreement.statistics import STATISTICS
from tbcp_qual.agreement.weights import OF_LEVEL, SCHEMES
from tests.conftest import REPOSITORY

PAGE = (REPOSITORY / "docs" / "methods.md").read_text(encoding="utf-8")


def test_every_statistic_is_explained_under_the_name_it_has_in_files() -> None:
    headings = [line for line in PAGE.splitlines() if line.startswith("### ")]
    for name in STATISTICS:
        assert any(f"(`{name}`)" in heading for heading in headings), name


def test_every_source_of_a_statistic_is_on_the_page() -> None:
    for statistic in STATISTICS.values():
        for source in (statistic.source, statistic.error):
            assert source is None or source.split(",")[0] in PAGE.replace("\n", " "), source


def test_every_weight_and_the_one_of_each_level_is_on_the_page() -> None:
    for scheme in SCHEMES:
        assert f"\n| {scheme} |" in PAGE
    assert "nominal identity" in PAGE
    for level, scheme in OF_LEVEL.items():
        assert f"{level} {scheme}" in PAGE.replace("*", "").replace("\n", " ")
