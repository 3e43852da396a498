"""A small study, made up for the tests: two questions, four themes, three cases, six documents, two coders."""

from dataclasses import dataclass, field

from tbcp_qual.coding.records import (
    About,
    Asked,
    Attribute,
    Case,
    Code,
    Coder,
    Coding,
    Document,
    Done,
    Participant,
    ProjectInfo,
    Question,
    Record,
    Theme,
    Topic,
    Turn,
    attribute_id,
    done_id,
)
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.text import text_hash

CODERS = (Coder(id="ak", name="Ann Kell"), Coder(id="rm", name="RM"))
QUESTIONS = (
    Question(id="q1", key="1", short="Feasibility", text="Can it be set up and run?", position=0),
    Question(id="q1a", key="1a", text="To what extent?", parent="q1", position=0),
    Question(id="q2", key="2", short="Engagement", text="Whom does it engage, and how?", position=1),
)
CODES = (
    Code(id="model", name="Model", position=0),
    Code(id="panel", name="Panel", parent="model", position=0),
    Code(id="worker", name="Key worker", parent="model", position=1),
    Code(id="visits", name="Visits", parent="worker", position=0),
    Code(id="trust", name="Trust", position=1),
    Code(id="faith", name="Keeping faith", position=2, merged_into="trust", retired=True),
    Code(id="weather", name="Weather", position=3),
)
THEMES = (
    Theme(id="t-model", name="The model", definition="What it is.", codes=("model", "panel"), questions=("q1",)),
    Theme(
        id="t-worker", name="A worker", definition="Who stays.", codes=("worker",), questions=("q1a", "q2"), position=1
    ),
    Theme(id="t-trust", name="Trust", definition="Given or not.", codes=("faith",), questions=("q2",), position=2),
    Theme(id="t-none", name="Not found", codes=("panel",), questions=("q2",), position=3),
)
CASES = (Case(id="f10", label="F10"), Case(id="f2", label="F2"), Case(id="f3", label="F3"))


@dataclass
class Study:
    """Records in the making; `snapshot` gives what all may see."""

    records: list[Record] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    approach: str = "framework"

    def document(
        self, name: str, lines: list[str], *, source_type: str = "parent", cases: tuple[str, ...] = ()
    ) -> Document:
        """Add a document; a line is `SPEAKER: words`, `# heading`, or words of nobody."""
        text = "\n".join(lines) + "\n"
        document = Document(
            id=f"d-{name}",
            name=name,
            kind="case file" if source_type == "case file" else "interview",
            source_type=source_type,
            text=text_hash(text),
            cases=cases,
        )
        self.records.append(document)
        self.texts[document.text] = text
        place, section = 0, ""
        for line in lines:
            speaker, colon, _ = line.partition(": ")
            start = place + len(speaker) + 2 if colon else place
            if line.startswith("# "):
                section = line[2:]
            else:
                self.records.append(
                    Turn(
                        id=f"{document.id}-{place}",
                        document=document.id,
                        text=document.text,
                        head=place,
                        start=start,
                        end=place + len(line),
                        speaker=speaker if colon else "",
                        role="" if not colon else "interviewer" if speaker == "INT" else "participant",
                        section=section,
                    )
                )
            place += len(line) + 1
        return document

    def code(self, document: Document, words: str, code: str, coder: str = "ak", *, negative: bool = False) -> Coding:
        """Code words of a document."""
        start = self.texts[document.text].index(words)
        coding = Coding(
            id=f"{len(self.records):032x}",
            document=document.id,
            text=document.text,
            start=start,
            end=start + len(words),
            code=code,
            coder=coder,
            negative=negative,
        )
        self.records.append(coding)
        return coding

    def done(self, document: Document, coder: str) -> None:
        """Mark a document done."""
        self.records.append(Done(id=done_id(document.id, coder), document=document.id, coder=coder, done=True))

    def everything(self) -> list[Record]:
        """Return all records but the project's own."""
        return [*CODERS, *QUESTIONS, *CODES, *THEMES, *CASES, *self.records]

    def snapshot(self) -> Snapshot:
        """Return the study as the store would give it."""

        def some(kind: type) -> tuple:  # type: ignore[type-arg]
            return tuple(record for record in self.records if isinstance(record, kind))

        return Snapshot(
            project=ProjectInfo(id="study", name="Study", approach=self.approach),  # type: ignore[arg-type]
            viewer="ak",
            coders=CODERS,
            questions=QUESTIONS,
            codes=CODES,
            themes=THEMES,
            cases=CASES,
            attributes=some(Attribute),
            documents=some(Document),
            turns=some(Turn),
            codings=some(Coding),
            done=some(Done),
            participants=some(Participant),
            topics=some(Topic),
            abouts=some(About),
            asked=some(Asked),
            texts=self.texts,
        )


def small_study() -> Study:
    """Return the study: P1 is heard twice, F10 has a file, F3 has nothing, K1 speaks about F2 and F10, W1 about none."""
    study = Study()
    first = study.document(
        "P1 first",
        ["INT: How was it?", "P1: She came on Tuesdays. I trusted her, in the end.", "P1: It rained."],
        cases=("f2",),
    )
    second = study.document("P1 second", ["INT: And now?", "P1: She left. Nobody came."], cases=("f2",))
    key_worker = study.document(
        "K1 key worker",
        ["INT: What do you do?", "K1: I ring the others, and I turn up."],
        source_type="practitioner",
        cases=("f2", "f10"),
    )
    study.document("W1 midwife", ["INT: And you?", "W1: I refer."], source_type="partner")
    file = study.document(
        "F10 review",
        ["# Health", "Seen at clinic.", "# Home", "Panel agreed the visits.", "Visits weekly."],
        source_type="case file",
        cases=("f10",),
    )
    study.code(first, "She came on Tuesdays.", "worker", "ak")
    study.code(first, "came on Tuesdays. I trusted her", "visits", "rm", negative=True)
    study.code(first, "I trusted her, in the end.", "faith", "rm")
    study.code(first, "It rained.", "weather", "ak")
    study.code(second, "She left.", "worker", "ak", negative=True)
    study.code(second, "Nobody came.", "worker", "ak")
    study.code(key_worker, "I ring the others, and I turn up.", "worker", "rm")
    study.code(file, "Panel agreed the visits.\nVisits weekly.", "visits", "ak")
    study.code(file, "Panel agreed the visits.", "panel", "ak")
    for name in ("learning_difficulty", "isolation", "score", "referred"):
        value = {"learning_difficulty": "yes", "isolation": "no", "score": "41"}.get(name, "before birth")
        study.records.append(Attribute(id=attribute_id("f2", name), case="f2", name=name, value=value))
    study.done(first, "ak")
    return study
