"""What is asked of the codings is answered, put in words, and kept."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tbcp_qual.analysis.retrieval import SCOPES, Relation, Wanted, from_wording, in_words, retrieve, to_wording
from tbcp_qual.coding.records import Attribute, Case, Code, Coder, Coding, Document, ProjectInfo, Round, Turn
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.errors import BadInput

#       0         1         2         3         4         5         6
#       012345678901234567890123456789012345678901234567890123456789
TEXT = "Who came? She came at once. Nobody asked. And then? All left."
TURNS = [
    (0, 9, "interviewer"),
    (10, 27, "participant"),
    (28, 41, "participant"),
    (42, 51, "interviewer"),
    (52, 61, "participant"),
]


def coding(name: str, start: int, end: int, code: str, document: str = "d1", **values) -> Coding:
    usual = {
        "id": name,
        "document": document,
        "text": f"t-{document}",
        "start": start,
        "end": end,
        "code": code,
        "coder": "ak",
    }
    return Coding(**(usual | values))


@pytest.fixture
def now() -> Snapshot:
    documents = (
        Document(id="d1", name="P01", source_type="parent", time_point="first", text="t-d1", cases=("f1",)),
        Document(id="d2", name="K01", source_type="practitioner", text="t-d2", cases=("f1", "f2")),
    )
    turns = tuple(
        Turn(id=f"{d}-{n}", document=d, text=f"t-{d}", head=start, start=start, end=end, role=role)
        for d in ("d1", "d2")
        for n, (start, end, role) in enumerate(TURNS)
    )
    return Snapshot(
        project=ProjectInfo(id="p"),
        viewer="ak",
        coders=(Coder(id="ak", name="AK"), Coder(id="rm", name="RM")),
        codes=(
            Code(id="trust", name="Trust"),
            Code(id="worker", name="Key worker", parent="trust"),
            Code(id="speed", name="Speed", position=1),
            Code(id="old", name="Old", position=2, retired=True, merged_into="speed"),
        ),
        cases=(Case(id="f1", label="F1"), Case(id="f2", label="F2")),
        attributes=(
            Attribute(id="a1", case="f1", name="birth", value="first"),
            Attribute(id="a2", case="f2", name="birth", value="second"),
            Attribute(id="a3", case="f2", name="care leaver", value="Yes"),
        ),
        documents=documents,
        turns=turns,
        codings=(
            coding("c1", 10, 18, "trust"),
            coding("c2", 14, 27, "speed"),
            coding("c3", 28, 34, "worker", coder="rm"),
            coding("c4", 52, 61, "old", negative=True),
            coding("c5", 15, 16, "worker", prompted="prompted"),
            coding("k1", 10, 27, "trust", "d2"),
        ),
        texts={"t-d1": TEXT, "t-d2": TEXT},
    )


def ids(now: Snapshot, *relations: Relation, **values) -> list[str]:
    return [found.coding.id for found in retrieve(now, Wanted(**values, relations=relations))]


def test_a_code_is_asked_for_with_what_lies_below_it_or_alone(now: Snapshot) -> None:
    assert ids(now, codes=("trust",)) == ["c1", "c3", "c5", "k1"]
    assert ids(now, codes=("trust",), only=True) == ["c1", "k1"]
    assert ids(now, codes=("speed", "worker")) == ["c2", "c3", "c4", "c5"]
    assert ids(now, codes=("old",)) == ["c2", "c4"]


def test_filters_narrow(now: Snapshot) -> None:
    assert ids(now, coders=("rm",)) == ["c3"]
    assert ids(now, source_types=("practitioner",)) == ["k1"]
    assert ids(now, time_points=("first",), negative=True) == ["c4"]
    assert ids(now, prompted="prompted") == ["c5"]
    assert ids(now, documents=("d2",)) == ["k1"]
    assert ids(now, words='"came at"') == ["c2", "k1"]
    assert ids(now, words="!!") == []


def test_attributes_belong_to_one_case_that_the_words_are_about(now: Snapshot) -> None:
    assert ids(now, attributes=(("birth", "second"),)) == ["k1"]
    assert len(ids(now, attributes=(("birth", "first"), ("birth", "second")))) == 6
    assert ids(now, attributes=(("birth", "second"), ("care leaver", "yes"))) == ["k1"]
    assert ids(now, attributes=(("birth", "first"), ("care leaver", "yes"))) == []


@pytest.mark.parametrize(
    ("scope", "distance", "found"),
    [
        ("overlapping", 0, ["c1", "c5"]),
        ("within", 0, ["c5"]),
        ("around", 0, []),
        ("near", 1, ["c1", "c3", "c5"]),
        ("turn", 0, ["c1", "c5"]),
        ("answer", 0, ["c1", "c3", "c5"]),
        ("document", 0, ["c1", "c3", "c5"]),
        ("case", 0, ["c1", "c3", "c5", "k1"]),
    ],
)
def test_codings_are_found_with_others_and_without_them(now: Snapshot, scope, distance: int, found: list[str]) -> None:
    beside = Relation(codes=("speed",), scope=scope, distance=distance)
    assert ids(now, beside, codes=("trust",)) == found
    rest = [c for c in ["c1", "c3", "c5", "k1"] if c not in found]
    assert ids(now, replace(beside, without=True), codes=("trust",)) == rest


def test_a_coding_is_not_beside_itself_and_its_partners_are_named(now: Snapshot) -> None:
    (found,) = retrieve(now, Wanted(codes=("speed",), relations=(Relation(codes=("trust",), scope="around"),)))
    assert (found.coding.id, found.partners) == ("c2", ("c5",))
    assert (found.reference, found.code, found.words) == ("P01.2", "Speed", "came at once.")
    assert ids(now, Relation(codes=("speed",), scope="turn"), codes=("speed",)) == []


def test_a_round_is_its_documents_and_coders(now: Snapshot) -> None:
    rounds = {"r": Round(id="r", documents=("d1",), coders=("rm",))}
    assert [f.coding.id for f in retrieve(now, Wanted(round="r"), rounds=rounds)] == ["c3"]
    assert retrieve(now, Wanted(round="gone"), rounds=rounds) == []


def test_what_is_asked_is_said_in_words(now: Snapshot) -> None:
    wanted = Wanted(
        codes=("trust",),
        coders=("ak",),
        source_types=("parent",),
        attributes=(("birth", "first"),),
        negative=True,
        relations=(Relation(codes=("speed",), scope="answer", without=True),),
    )
    said = "coded “Trust”, by AK, parent, birth: first, negative cases, without “Speed” in the same answer"
    assert in_words(wanted, now) == said


relations = st.builds(
    Relation,
    codes=st.lists(st.text(max_size=3), max_size=2).map(tuple),
    scope=st.sampled_from(SCOPES),
    without=st.booleans(),
    distance=st.integers(0, 900),
)


@given(
    st.builds(
        Wanted,
        codes=st.lists(st.text(), max_size=3).map(tuple),
        only=st.booleans(),
        attributes=st.lists(st.tuples(st.text(), st.text()), max_size=2).map(tuple),
        negative=st.sampled_from([None, True, False]),
        words=st.text(),
        relations=st.lists(relations, max_size=2).map(tuple),
    )
)
def test_a_saved_query_comes_back_as_it_was(wanted: Wanted) -> None:
    assert from_wording(to_wording(wanted)) == wanted


@pytest.mark.parametrize(
    "wording", ["", "[]", "{", '{"colour": "red"}', '{"relations": [{"codes": [], "scope": "x"}]}', '{"relations": 3}']
)
def test_a_query_nobody_can_read_is_refused_with_a_sentence(wording: str) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        from_wording(wording)
