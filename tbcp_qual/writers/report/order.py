"""The parts of a report, a file each, in the order in which they stand."""

from collections.abc import Callable, Mapping

from tbcp_qual.writers.report.blocks import Part
from tbcp_qual.writers.report.material import Material
from tbcp_qual.writers.report.parts import (
    agreement,
    annex,
    answers,
    audit,
    codebook,
    flow,
    headings,
    limitations,
    logic_model,
    matrix,
    methods,
    questions,
    sample,
    triangulation,
)

PARTS: Mapping[str, Callable[[Material], Part]] = {
    "answers": answers.part,
    "questions": questions.part,
    "headings": headings.part,
    "logic-model": logic_model.part,
    "triangulation": triangulation.part,
    "flow": flow.part,
    "sample": sample.part,
    "audit": audit.part,
    "agreement": agreement.part,
    "limitations": limitations.part,
    "matrix": matrix.part,
    "methods": methods.part,
    "codebook": codebook.part,
    "annex": annex.part,
}
"""By what they are called on the command line; the annex comes last, as it holds what the others cite."""
