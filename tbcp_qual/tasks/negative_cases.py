"""Looking for what speaks against a finding, and keeping in the record that somebody did."""

from tbcp_qual.analysis.retrieval import Wanted
from tbcp_qual.analysis.themes import codes_of
from tbcp_qual.errors import UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.evidence import finding_keyed
from tbcp_qual.tasks.querying import log_search, run


def look_for_negative_cases(project: Project, key: str, *, coder: str) -> int:
    """Look for negative cases under the codes of a finding's themes, keep the search in the record, return the hits.

    Raises:
        UsageError: there is no such finding, or it has no theme to look under.
    """
    snapshot = project.snapshot(coder, [])
    finding = finding_keyed(snapshot.findings, key)
    themes = [theme for theme in snapshot.themes if theme.id in finding.themes]
    wide = {code for theme in themes for code in codes_of(theme, snapshot.codebook)}
    codes = tuple(code.id for code in snapshot.codes if code.id in wide)
    if not codes:
        raise UsageError(f"Finding {finding.key} has no theme with codes to look under.", "Give it its themes first.")
    wanted = Wanted(codes=codes, negative=True)
    hits = len(run(project, wanted, viewer=coder))
    log_search(project, wanted, hits, purpose=f"negative cases of finding {finding.key}", coder=coder)
    return hits
