"""The sample travels with the package: laid out as a wheel lays it out, the demo runs outside the repository."""

import os
import shutil
import subprocess
import sys
import tomllib

from ..conftest import REPOSITORY


def test_the_demo_runs_where_there_is_no_repository(tmp_path):
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = settings["tool"]["hatch"]["build"]["targets"]["wheel"]
    site = tmp_path / "site"
    for package in wheel["packages"]:
        shutil.copytree(REPOSITORY / package, site / package, ignore=shutil.ignore_patterns("__pycache__"))
    for folder, target in wheel["force-include"].items():
        shutil.copytree(REPOSITORY / folder, site / target)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    code = f"import sys; sys.path.insert(0, {str(site)!r}); from tbcp_qual.cli import main; main()"
    ran = subprocess.run(
        [sys.executable, "-c", code, "demo", "--no-open"],
        cwd=elsewhere,
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "Documents: 29" in ran.stdout
    assert sorted(p.name for p in (elsewhere / "exports").iterdir()) == [
        "matrix by family.docx",
        "matrix by source.docx",
        "report.docx",
        "sample.tbcp",
    ]
