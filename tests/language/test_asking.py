"""Which turn of an interviewer asks for a topic: rare words count, fillers and masked names do not."""

import pytest

from tbcp_qual.language.asking import ASKED_FROM, Asker, stem

PROMPTS = [
    "What the worker does. What does your worker do with you, in an ordinary week?",
    "Culture. Is there anything about your background, language or faith that the team should understand?",
    "The baby. What is the baby like, and how can you tell what he or she wants?",
]
TURNS = [
    "So, erm, in an ordinary week, what does she do?",
    "And the team, your background, did they, um, understand your faith?",
    "Mm.",
    "And what happened then, with the baby?",
    "[Worker A] came?",
]
ASKER = Asker(PROMPTS, [*TURNS, *(f"And then what, number {n}?" for n in range(40))])


@pytest.mark.parametrize(("prompt", "turn"), [(0, 0), (1, 1)])
def test_the_turn_that_asks_is_found_and_counts_as_asking(prompt: int, turn: int) -> None:
    nearest = ASKER.nearest(PROMPTS[prompt], TURNS)
    assert nearest is not None
    assert nearest[0] == turn
    assert nearest[1] >= ASKED_FROM


def test_one_common_word_is_shown_but_does_not_count_as_asking() -> None:
    nearest = ASKER.nearest(PROMPTS[2], TURNS)
    assert nearest is not None
    assert nearest[0] == 3
    assert nearest[1] < ASKED_FROM


def test_masked_names_and_fillers_have_nothing_in_common_with_anything() -> None:
    assert ASKER.score(PROMPTS[0], "[Worker A] came?") == 0
    assert ASKER.score("Erm, um", "Um, erm") == 0
    assert ASKER.nearest(PROMPTS[0], ["Mm.", ""]) is None
    assert ASKER.nearest(PROMPTS[0], []) is None


def test_the_same_words_in_a_long_turn_count_less() -> None:
    long = f"{TURNS[1]} {' '.join(f'unheard{chr(97 + n)}thing' for n in range(20))}"
    assert ASKER.score(PROMPTS[1], long) < ASKER.score(PROMPTS[1], TURNS[1])


def test_forms_of_a_word_are_one() -> None:
    assert len({stem(word) for word in ("refer", "refers", "referred", "referring")}) == 1
    assert stem("is") == "is"
