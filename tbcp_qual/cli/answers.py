"""Commands on the evaluation questions: a board for each, with its answer, findings and gaps; and answering them."""

from typing import TYPE_CHECKING, Any

import click

from tbcp_qual.cli.counting import tally_values
from tbcp_qual.cli.findings import line_values, say_done, warn_of_claims
from tbcp_qual.cli.running import Session, json_rows, options
from tbcp_qual.cli.showing import print_json, say
from tbcp_qual.coding.counting import some
from tbcp_qual.errors import UsageError

if TYPE_CHECKING:
    from tbcp_qual.analysis.evidence import Board
    from tbcp_qual.coding.records import Answer
    from tbcp_qual.coding.snapshot import Snapshot


@click.group()
def answers() -> None:
    """The evaluation questions: their answers, findings and gaps."""


@answers.command("list")
@click.argument("keys", nargs=-1, metavar="[QUESTION]...")
@json_rows
@options
def list_(session: Session, keys: tuple[str, ...], as_json: bool) -> None:
    """Show a board for each question: who was asked, its answer, its findings, and what is missing."""
    from tbcp_qual.tasks.evidence import boards

    with session.reading() as (project, viewer):
        found = boards(project, viewer=viewer, questions=keys)
        snapshot = project.snapshot(viewer, [])
    coders = {coder.id: coder.name for coder in snapshot.coders}
    if as_json:
        print_json([board_values(board, coders) for board in found])
        return
    for board in found:
        say(f"{board.question.key}  {board.question.text}")
        say(f"   {' · '.join(t.in_words for t in board.asked)}")
        for question, answer in ((board.question, board.answer), *board.subquestions):
            if answer is not None:
                stated = answer.confidence or "not stated"
                say(f"   {question.key} {answer.words} (confidence: {stated}, {coders.get(answer.coder, '')})")
                if answer.caveats:
                    say(f"      But: {answer.caveats}")
            else:
                say(f"   {question.key} no answer yet")
        for line in board.findings:
            sure: str = line.finding.confidence or f"proposed {line.proposal.confidence or 'nothing'}"
            say(f"   finding {line.finding.key} ({sure}): {line.finding.statement}")
        for gap in board.gaps:
            negative = f", {gap.negative} negative" if gap.negative else ""
            say(f"   no finding yet: {gap.theme.name} ({some(gap.passages, 'passage')}{negative})")
        say()


def board_values(board: "Board", coders: dict[str, str]) -> dict[str, Any]:
    """Return the board of a question as values for JSON."""

    def answer_values(answer: "Answer | None") -> dict[str, Any] | None:
        if answer is None:
            return None
        return {
            "words": answer.words,
            "confidence": answer.confidence or None,
            "caveats": answer.caveats,
            "by": coders.get(answer.coder),
        }

    return {
        "key": board.question.key,
        "text": board.question.text,
        "answer": answer_values(board.answer),
        "sub-questions": [{"key": q.key, "text": q.text, "answer": answer_values(a)} for q, a in board.subquestions],
        "asked": [tally_values(t) for t in board.asked],
        "findings": [line_values(line, coders) for line in board.findings],
        "themes": [
            {
                "theme": line.theme.name,
                "source types": [tally_values(t) for t in line.tallies],
                "findings": line.findings,
            }
            for line in board.themes
        ],
        "themes without a finding": [gap.theme.name for gap in board.gaps],
    }


@answers.command()
@click.argument("question")
@click.argument("words", required=False)
@click.option("--confidence", type=click.Choice(["high", "moderate", "low"]), help="How sure it is.")
@click.option("--caveats", metavar="WORDS", help="What has to be said with it.")
@click.option("--delete", "delete_", is_flag=True, help="Take the answer away.")
@options
def write(
    session: Session, question: str, words: str | None, confidence: Any, caveats: str | None, delete_: bool
) -> None:
    """Answer an evaluation QUESTION or a sub-question; without words the answer there is keeps its own."""
    from tbcp_qual.tasks.evidence import write_answer as answer_question

    with session.writing() as (project, coder):
        if words is None and not delete_ and confidence is None and caveats is None:
            raise UsageError(
                "What is the answer?", "tbcp-qual answers write 2b “Mostly yes, where …” --confidence moderate"
            )
        if words is None and not delete_:
            words = _words_of(project.snapshot(coder, []), question)
        done = answer_question(
            project, question, "" if delete_ else words or "", coder=coder, confidence=confidence, caveats=caveats
        )
    say_done(done)
    warn_of_claims(words or "")


def _words_of(snapshot: "Snapshot", key: str) -> str:
    from tbcp_qual.tasks.cells import question_named

    question = question_named(snapshot, key)
    answer = next((a for a in snapshot.answers if a.question == question.id), None)
    if answer is None:
        raise UsageError(f"Question {question.key} has no answer yet.", "Give its words.")
    return answer.words
