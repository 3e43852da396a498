"""The codings of a project in the files of qc (the `qualitative-coding` package, 1.7), to time its cross-tabulation.

It lives in an environment of its own: `python -m venv E && E/bin/pip install qualitative-coding`, then `--qc E/bin/qc`.
"""

import resource
import sqlite3
import subprocess
from pathlib import Path

from tbcp_qual.coding.snapshot import Snapshot


def lay_out(qc: Path, now: Snapshot, folder: Path) -> None:
    """Make a project of qc with the same texts, codes, coders and codings; a coding becomes that of its line.

    The texts go in by qc's own command; the codings straight into its tables, as it has no command that takes many.
    """
    texts = folder / "texts"
    texts.mkdir(parents=True)
    for document in now.documents:
        (texts / f"{document.name}.txt").write_text(now.texts[document.text], encoding="utf-8")
    for arguments in (["init"], ["corpus", "import", "-r", "-i", "verbatim", str(texts)]):
        subprocess.run([qc, *arguments], cwd=folder, check=True, capture_output=True)
    code_names = {code.id: code.name for code in now.codes}
    (folder / "codebook.yaml").write_text("".join(f"- {name}\n" for name in code_names.values()), encoding="utf-8")
    connection = sqlite3.connect(folder / "qualitative_coding.sqlite3")
    connection.executemany("INSERT OR IGNORE INTO code (name) VALUES (?)", [(name,) for name in code_names.values()])
    connection.executemany("INSERT OR IGNORE INTO coder (name) VALUES (?)", [(coder.name,) for coder in now.coders])
    places = connection.execute(
        "SELECT d.document_id, l.start_line, l.id FROM location l JOIN document_index d ON d.id = l.document_index_id"
        " WHERE d.name = 'paragraphs'"
    ).fetchall()
    paragraphs: dict[str, list[tuple[int, int]]] = {}
    for path, line, place in places:
        paragraphs.setdefault(Path(path).stem, []).append((line, place))
    for number, coding in enumerate(now.codings, 1):
        line = now.texts[coding.text].count("\n", 0, coding.start)
        paragraph = max(p for p in paragraphs[now.document_by_id[coding.document].name] if p[0] <= line)[1]
        connection.execute(
            "INSERT INTO coded_line (id, line, coder_id, code_id) VALUES (?, ?, ?, ?)",
            (number, line, now.coder_by_id[coding.coder].name, code_names[coding.code]),
        )
        connection.execute("INSERT INTO coded_line_location_association VALUES (?, ?)", (number, paragraph))
    connection.commit()
    connection.close()


def seconds_of(qc: Path, folder: Path, arguments: list[str], limit: float) -> float | None:
    """Return the seconds of processor time of one command of qc; None where it took longer than `limit` seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        subprocess.run([qc, *arguments], cwd=folder, check=True, capture_output=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
