"""All questions at a glance: the answer, how sure it is, and what has to be said with it."""

from tbcp_qual.coding.records import Answer, Question
from tbcp_qual.writers.report.blocks import NOTHING, Block, Cell, Heading, Paragraph, Part, Table, Text, say, to_write
from tbcp_qual.writers.report.material import Material

NOT_YET = "No answer written yet."


def part(material: Material) -> Part:
    """Return the summary table."""
    blocks: list[Block] = [Heading(1, "The questions and their answers")]
    rows = []
    for board in material.boards:
        rows.append(_row(material, board.question, board.answer, len(board.findings)))
        rows += [_row(material, sub, answer, None) for sub, answer in board.subquestions if answer and answer.words]
    if not rows:
        blocks.append(to_write("the evaluation questions; the project has none."))
        return Part(key="answers", blocks=tuple(blocks))
    blocks.append(
        say(
            "normal",
            "Each answer is taken up in its own section, with the findings it rests on. Confidence is what a named "
            "person judged, under adequacy, coherence, relevance and the limits of the sources.",
        )
    )
    blocks.append(
        Table(
            title="Evaluation questions, answers and confidence",
            description="A row is a question; its answer, how sure it is, and what has to be said with it.",
            headings=("Question", "Answer", "Confidence", "Findings"),
            rows=tuple(rows),
            widths=(0.24, 0.48, 0.16, 0.12),
        )
    )
    if not material.beyond and any(board.answer and board.answer.words for board in material.boards):
        blocks.append(
            say(
                "note",
                "The table repeats what stands in the sections. Change an answer in its section: that is where it is "
                "read back from.",
            )
        )
    return Part(key="answers", blocks=tuple(blocks))


def _row(material: Material, question: Question, answer: Answer | None, findings: int | None) -> tuple[Cell, ...]:
    name = [Paragraph("cell name", (Text(f"{question.key}  {question.short}".strip() or question.text),))]
    if question.text and (question.short or question.key):
        name.append(say("cell detail", question.text))
    said: Cell = (say("cell", NOT_YET, look="quiet"),)
    if answer is not None and answer.words:
        said = (say("cell", answer.words), *((say("cell detail", answer.caveats),) if answer.caveats else ()))
    return (
        tuple(name),
        said,
        (say("cell", (answer.confidence if answer else "") or "not yet judged"),),
        (say("cell", NOTHING if findings is None else f"{findings:,}"),),
    )
