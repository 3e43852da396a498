"""One look at a text by all recognisers: what stands of what overlaps, what is left alone, what is offered instead."""

import pytest

from tbcp_qual.privacy.finding import Kind
from tbcp_qual.privacy.known import Known, ignoring
from tbcp_qual.privacy.scanning import context, scan


def _found(text: str, known: Known | None = None) -> list[tuple[str, str]]:
    return [(f.kind, text[f.start : f.end]) for f in scan(text, known or Known())]


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("nhs number", "Her NHS no is 943 476 5919.", "943 476 5919"),
        ("nhs number", "NHS number: 943 476 5918, mistyped", "943 476 5918"),
        ("national insurance number", "NI: ab 12 34 56 c", "ab 12 34 56 c"),
        ("postcode", "They moved to ls6 2ab.", "ls6 2ab"),
        ("phone number", "Ring me on (0113) 496 0123", "(0113) 496 0123"),
        ("phone number", "it's oh seven seven double oh nine hundred one two three", "oh seven seven double oh nine hundred one two three"),
        ("e-mail", "sam dot field at gmail dot com", "sam dot field at gmail dot com"),
        ("web link", "see www.example.org/x?y=1).", "www.example.org/x?y=1"),
        ("date of birth", "Mother (DOB 3/4/89)", "3/4/89"),
        ("exact date", "on the third of March twenty twenty-one", "third of March twenty twenty-one"),
        ("exact date", "visited 2021-03-03T10:00", "2021-03-03"),
        ("vehicle plate", "a white van, AB12 CDE", "AB12 CDE"),
        ("vehicle plate", "his old Fiesta, reg P123 ABC", "P123 ABC"),
        ("case reference", "Case ref: CIN/20/0934", "CIN/20/0934"),
        ("school", "goes to Oakfield primary school", "Oakfield primary school"),
        ("hospital", "born in St Agnes' Hospital", "St Agnes' Hospital"),
        ("ward", "moved to Linden Ward", "Linden Ward"),
        ("children's centre", "at Millfield Children’s Centre", "Millfield Children’s Centre"),
        ("address", "lives at 27a Chapel Road", "27a Chapel Road"),
        ("exact age", "He's eleven weeks old.", "eleven weeks old"),
        ("gestation", "born at 34+2", "34+2"),
        ("sibling count", "a mum of five", "mum of five"),
        ("rare diagnosis", "They said it was Prader-Willi syndrome.", "Prader-Willi syndrome"),
        ("sole post", "the only infant mental health nurse in the county", "only infant mental health nurse"),
        ("name", "my son Xanthor, he", "Xanthor"),
    ],
)  # fmt: skip
def test_each_kind_is_found_in_its_words(kind: Kind, text: str, words: str) -> None:
    assert (kind, words) in _found(text)


@pytest.mark.parametrize(
    "text",
    [
        "The score was 12/45, later 36/40.",
        "May I come in? Will you wait? Grace period. Rose to the top.",
        "version 1.2.10 of 12.30 pm",
        "GAD-7, PHQ-9 and COVID-19 in KS2",
        "the hospital, the labour ward, a primary school, our children's centre",
        "In May 12 families came, and four other parents.",
        "Ring 0808 2000 247 or 999.",
        "six weeks later, for three months, in 12 weeks' time",
        "see gov.uk, e.g. page 3",
        "order 9434765918 of 2021",
        "the pull request was 5 days old",
        "Braun and Clarke (2006) and Patel and Byrne argue",
        "Dr Brown's bottles, Harry Potter and Mr Tumble",
    ],
)
def test_what_only_looks_like_it_is_left(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize(
    "words", ["[P07]", "[Parent A]", "[NAME]", "[March 2024]", "[Older child 1]", "[baby, about 3 months]"]
)
def test_what_is_a_pseudonym_already_is_never_found(words: str) -> None:
    known = Known(names={"Parent": "", "Older": "", "March": "", "NAME": ""})
    assert _found(f"Then {words} came with {words}'s mother.", known) == []


def test_a_remark_in_brackets_that_names_somebody_is_found() -> None:
    assert ("name", "Tyler") in _found("[Tyler cries]")


def test_of_what_overlaps_the_structured_and_then_the_longer_stands() -> None:
    assert _found("sarah.brown@example.org") == [("e-mail", "sarah.brown@example.org")]
    assert _found("in the Queen Elizabeth Hospital") == [("hospital", "Queen Elizabeth Hospital")]
    assert _found("born 3 March 2024") == [("date of birth", "3 March 2024")]


def test_sarah_ward_is_somebody_and_victoria_ward_a_place() -> None:
    assert ("name", "Sarah Ward") in _found("and Sarah Ward said so")
    assert ("ward", "Victoria Ward") in _found("she was on Victoria Ward")


def test_a_name_that_was_told_once_is_found_wherever_it_stands() -> None:
    assert _found("My key worker is called Xanthor. Then Xanthor left.")[1] == ("name", "Xanthor")


def test_the_teams_names_are_found_in_any_letters_and_with_their_pseudonym() -> None:
    text = "so quill's mum came. Then Quill Vane said"
    found = scan(text, Known(names={"Quill Vane": "[Child A]"}))
    assert [text[f.start : f.end] for f in found] == ["quill", "Quill Vane"]
    assert {f.suggestion for f in found} == {"[Child A]"}


def test_file_names_are_read_by_their_parts() -> None:
    assert _found("Kayleigh_interview_2021-03-03.docx") == [("name", "Kayleigh"), ("exact date", "2021-03-03")]


def test_words_ruled_out_are_left_everywhere() -> None:
    known = Known(ignored=ignoring(["Harehills Lane"]))
    assert _found("on Harehills  Lane's corner, and harehills lane", known) == []


def test_only_the_kinds_that_are_asked_for_are_looked_for() -> None:
    text = "Tyler lives at LS6 2AB"
    assert [f.kind for f in scan(text, Known(), kinds=["postcode"])] == ["postcode"]


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("on 3 March 2024", "[March 2024]"),
        ("on the 3rd of March", "[March]"),
        ("DOB 03.03.89", "[born 1989]"),
        ("aged 11 weeks", "[baby, about 3 months]"),
        ("born at 27 weeks", "[born extremely preterm]"),
        ("born at 36+6", "[born preterm]"),
        ("20 weeks pregnant", "[second trimester]"),
        ("my husband Tyler", "[Partner]"),
        ("Dr Okafor", "[Worker]"),
    ],
)
def test_what_is_offered_instead_keeps_what_the_analysis_needs(text: str, suggestion: str) -> None:
    assert [f.suggestion for f in scan(text, Known())] == [suggestion]


def test_context_is_six_words_on_one_line() -> None:
    text = "one two three four five six seven (Tyler), a b\nc d e f g"
    (finding,) = scan(text, Known())
    assert context(text, finding) == ("three four five six seven (", "Tyler", "), a b c d e")
    assert context(text, finding, words=0) == ("", "Tyler", "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("and then Xanthor, her name was, sat down", "Xanthor"),
        ("Xanthor, that's the health visitor, came.", "Xanthor"),
        ("so I said to Xanthor he was late", "Xanthor"),
        ("it was little Xanthor at the door", "Xanthor"),
        ("go on, Xanthor.", "Xanthor"),
        ("he says hiya, I'm Xanthor, I'm your worker", "Xanthor"),
        ("we all went, our Xanthor and the dog", "Xanthor"),
        ("it was only me and Xanthor there", "Xanthor"),
        ("the Quarkles family upstairs", "Quarkles"),
        ("Case note: Xanthor, mother of two", ""),
        ("Case note: Xanthor, mother of Ava", "Xanthor"),
        ("a lady by the name of Xanthor Quarkle", "Xanthor Quarkle"),
        ("she came with Lacey-Xae and Xobi-Lee", "Xobi-Lee"),
        ("it is Kaidynn who cries", "Kaidynn"),
    ],
)
def test_an_unknown_name_is_found_by_what_stands_around_it(text: str, words: str) -> None:
    found = [name for kind, name in _found(text) if kind == "name"]
    assert words in found if words else found == []


def test_an_unknown_word_beside_a_name_is_a_part_of_it_wherever_it_stands() -> None:
    text = "My sister Xanthor came. Then Xanthor Quarkle left, and the Quarkles with her. Quarkle it was."
    assert [words for _, words in _found(text)] == ["Xanthor", "Xanthor Quarkle", "Quarkles", "Quarkle"]


def test_a_short_form_of_a_name_is_that_name_again() -> None:
    assert [words for _, words in _found("Her name is Xanthoria. But Xan knows.")] == ["Xanthoria", "Xan"]


@pytest.mark.parametrize(
    "text",
    [
        "in the little Tesco, then Little Italy, and our Netflix bill",
        "I said to Ofsted that the Somali family and the Polish twins were fine",
        "she's Catholic, I'm Zulu, and how's Facebook?",
        "go on, then. Right, Universal Credit.",
        "Breastfeeding was my friend, Honestly, my mum said",
    ],
)
def test_firms_peoples_and_words_that_stand_like_a_name_are_left(text: str) -> None:
    assert [words for kind, words in _found(text) if kind == "name"] == []
