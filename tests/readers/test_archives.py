"""Zip archives and folders: the documents in them by name, and nothing that an archive could do besides."""

import zipfile
from pathlib import Path

import pytest

from tbcp_qual.readers.documents.folders import find_documents
from tbcp_qual.store import Project
from tbcp_qual.tasks.importing import ImportReport, import_documents

from .making import TALK, as_docx, as_vtt, packed

DIALOGUE = "INT: How did it go, {n}?\nP{n}: It went.\nINT: And?\nP{n}: Well.\n"


def bring_in(tmp_path: Path, *paths: Path, **options: object) -> ImportReport:
    with Project.create(tmp_path / "a.tbcp", name="A") as project:
        report = import_documents(project, paths, coder="", **options)  # type: ignore[arg-type]
        assert project.verify() == []
        assert len(project.records("document")) == len(report.having("imported"))
    return report


def test_an_archive_goes_in_by_the_names_in_it(tmp_path: Path) -> None:
    as_docx(tmp_path / "K03.docx", TALK)
    as_vtt(tmp_path / "W01.vtt", TALK[:2])
    path = packed(
        tmp_path / "all.zip",
        {
            "wave 1/P02.txt": DIALOGUE.format(n="02"),
            "wave 1/K03.docx": (tmp_path / "K03.docx").read_bytes(),
            "W01.vtt": (tmp_path / "W01.vtt").read_bytes(),
            "wave 1/": "",
            "__MACOSX/._P02.txt": "x",
            ".hidden/P09.txt": "x",
            "film.mp4": "x",
        },
    )
    details = tmp_path / "details.csv"
    details.write_text("file,name,time point\nwave 1/P02.txt,P02 first,first\n")
    report = bring_in(tmp_path, path, details=details)
    assert [(file.path.relative_to(tmp_path).as_posix(), file.name) for file in report.files] == [
        ("all.zip/W01.vtt", "W01"),
        ("all.zip/wave 1/K03.docx", "K03"),
        ("all.zip/wave 1/P02.txt", "P02 first"),
    ]
    assert report.passed_over == ((".mp4", 1),)
    assert not [p for p in tmp_path.iterdir() if p.name in ("wave 1", "P02.txt")]


def test_what_an_archive_should_not_hold_is_refused_and_the_rest_goes_in(tmp_path: Path) -> None:
    inner = packed(tmp_path / "inner.zip", {"P01.txt": "x"})
    path = packed(
        tmp_path / "bad.zip",
        {
            "../../out.txt": DIALOGUE.format(n="03"),
            "/root.txt": DIALOGUE.format(n="04"),
            "..\\back.txt": DIALOGUE.format(n="05"),
            "nested.zip": inner.read_bytes(),
            "bomb.txt": " " * 40_000_000,
            "empty.txt": "",
            "good.txt": DIALOGUE.format(n="06"),
        },
    )
    report = bring_in(tmp_path, path)
    assert [file.name for file in report.having("imported")] == ["good"]
    reasons = " ".join(file.reason for file in report.having("refused"))
    assert reasons.count("leads out of the archive") == 3
    for part in ("an archive inside an archive", "grows beyond all measure", "empty.txt is empty"):
        assert part in reasons


def test_members_with_a_password_or_damage_are_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"P02.txt": DIALOGUE.format(n="02") * 50, "rows.csv": "Who,What\nINT,So?\n"})
    whole = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo("P02.txt").header_offset + 45
    whole[place : place + 10] = bytes(10)
    marker = whole.rindex(b"PK\x01\x02")
    whole[marker + 8] |= 1
    path.write_bytes(whole)
    reasons = [file.reason for file in bring_in(tmp_path, path).having("refused")]
    assert "is damaged and cannot be unpacked" in reasons[0]
    assert "has a password" in reasons[1]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"just words"])
def test_what_is_no_archive_is_refused_by_itself(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    (tmp_path / "P02.txt").write_text(DIALOGUE.format(n="02"))
    report = bring_in(tmp_path, tmp_path / "a.zip", tmp_path / "P02.txt", tmp_path / "none.zip")
    assert [file.outcome for file in report.files] == ["refused", "imported", "refused"]
    assert "not a zip archive" in report.files[0].reason
    assert "cannot be read" in report.files[2].reason


def test_a_folder_passes_tables_over_that_are_no_transcripts_unless_they_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "P02.csv").write_text("Speaker,Text\nINT,Why?\nP02,So.\n")
    (folder / "cohort.csv").write_text("case,notes\nF02,seen at home twice\n")
    (folder / "details.csv").write_text("file,name\nP02.csv,P02\n")
    (folder / "README.md").write_text("# What lies here\n\nTranscripts.\n")
    report = bring_in(tmp_path, folder)
    assert {file.path.name: file.outcome for file in report.files} == {
        "P02.csv": "imported", "README.md": "skipped", "cohort.csv": "skipped", "details.csv": "skipped",
    }  # fmt: skip
    (tmp_path / "a.tbcp").unlink()
    named = bring_in(tmp_path, folder / "README.md", folder / "cohort.csv")
    assert [file.outcome for file in named.files] == ["imported", "imported"]


def test_an_archive_in_a_folder_is_opened(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    packed(tmp_path / "in" / "a.zip", {"P02.txt": DIALOGUE.format(n="02")})
    found, _ = find_documents([tmp_path / "in"])
    assert [file.path.name for file in found] == ["P02.txt"]
    assert [turn.speaker for turn in found[0].read().turns] == ["INT", "P02"] * 2
