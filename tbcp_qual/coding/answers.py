"""Answers: what is said between two turns of the interviewer, the unit in which people tell something."""

from collections.abc import Iterable

from tbcp_qual.coding.records import Turn


def answer_numbers(turns: Iterable[Turn]) -> list[int]:
    """Return for each turn of a document, in order, the number of its answer; -1 for what the interviewer says.

    Where nobody is an interviewer, as in a case file, each turn stands for itself.

    >>> def turn(role): return Turn(id="t", role=role)
    >>> answer_numbers([turn("interviewer"), turn("participant"), turn("participant"), turn("interviewer"), turn("")])
    [-1, 0, 0, -1, 1]
    >>> answer_numbers([turn(""), turn("")])
    [0, 1]
    """
    turns = list(turns)
    if not any(turn.role == "interviewer" for turn in turns):
        return list(range(len(turns)))
    numbers, answer, asked = [], -1, True
    for turn in turns:
        if turn.role == "interviewer":
            numbers.append(-1)
            asked = True
        else:
            answer += asked
            numbers.append(answer)
            asked = False
    return numbers
