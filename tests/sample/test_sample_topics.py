"""What was asked in the sample: every topic of every interview is there, and the proposals are mostly right."""

from pathlib import Path

from tbcp_qual.coding.records import Topic
from tbcp_qual.language.asking import ASKED_FROM, Asker
from tbcp_qual.readers.documents import read_document
from tbcp_qual.readers.files import read_csv
from tbcp_qual.readers.topics import read_asked, read_topics
from tbcp_qual.tasks.topics import asked_in
from tests.conftest import REPOSITORY

CODEBOOKS, TRANSCRIPTS = REPOSITORY / "codebooks", REPOSITORY / "transcripts_sample"
DETAILS = [row.cells for row in read_csv(TRANSCRIPTS / "documents.csv").rows]
ASKED = {(row.document, row.topic): row.asked for row in read_asked(CODEBOOKS / "topics_asked.csv")}
TOPICS = read_topics(CODEBOOKS / "topic_guides.yaml")


def guide(document: dict[str, str]) -> list[Topic]:
    return [
        Topic(id=topic.key, key=topic.key, prompt=topic.prompt)
        for topic in TOPICS
        if topic.source_type == document["source type"] and topic.time_point in ("", document["time point"])
    ]


def test_each_topic_of_each_interview_was_asked_or_was_not() -> None:
    interviews = [document for document in DETAILS if document["source type"] != "case file"]
    assert set(ASKED) == {(document["name"], topic.key) for document in interviews for topic in guide(document)}
    assert set(ASKED.values()) == {"asked", "not asked"}


def test_what_is_proposed_as_asked_was_asked_nine_times_in_ten() -> None:
    heard = {document["name"]: turns(TRANSCRIPTS / document["file"]) for document in DETAILS}
    asker = Asker((f"{t.key}. {t.prompt}" for t in TOPICS), (turn for theirs in heard.values() for turn in theirs))
    proposed = [
        ASKED[document["name"], topic.key] == "asked"
        for document in DETAILS
        for topic in guide(document)
        if heard[document["name"]]
        and (nearest := asker.nearest(asked_in(topic), heard[document["name"]]))
        and nearest[1] >= ASKED_FROM
    ]
    assert len(proposed) >= 0.3 * list(ASKED.values()).count("asked")
    assert sum(proposed) >= 0.9 * len(proposed)


def turns(path: Path) -> list[str]:
    draft = read_document(path)
    return [draft.text[turn.start : turn.end] for turn in draft.turns if turn.role == "interviewer"]
