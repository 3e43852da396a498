"""What starts fast must import little."""

import subprocess
import sys


def loaded_by(code: str) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(' '.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.split(".")[0] for name in ran.stdout.splitlines()[-1].split()}


def test_what_coding_is_loads_no_third_party():
    code = "import tbcp_qual.coding, pkgutil, importlib\n"
    code += (
        "for m in pkgutil.iter_modules(tbcp_qual.coding.__path__): importlib.import_module('tbcp_qual.coding.'+m.name)"
    )
    third = loaded_by(code) - loaded_by("import pkgutil, importlib") - set(sys.stdlib_module_names) - {"tbcp_qual"}
    assert third == set()


def test_help_loads_nothing_heavy():
    code = "from tbcp_qual.cli import cli\ntry: cli.main(['--help'], standalone_mode=False)\nexcept SystemExit: pass"
    heavy = {"textual", "spacy", "sklearn", "numpy", "docx", "lxml", "sqlite_utils", "rich", "ruamel"}
    assert loaded_by(code) & heavy == set()
