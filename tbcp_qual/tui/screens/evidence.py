"""Evidence by evaluation question: a board each, and beside them the logic model; the report is written from here."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from tbcp_qual.tui.screens import evidence_acts
from tbcp_qual.tui.screens.evidence_board import BoardPane
from tbcp_qual.tui.screens.evidence_logic import LogicPane
from tbcp_qual.tui.screens.panes import TABS, PanedScreen

OF_BOARD = frozenset(
    {"answer", "bring", "against", "triangulate", "agree", "questions", "themes", "look", "explain", "step", "choose"}
)
"""What can be done on a board alone."""


class EvidenceScreen(PanedScreen):
    """Two panes."""

    NAME = "Evidence"
    CSS_PATH = ["mode.tcss", "evidence.tcss"]
    PANES = (BoardPane, LogicPane)
    BINDINGS: ClassVar[list[BindingType]] = [
        *TABS,
        Binding("n", "act('new')", "New", id="evidence.new", tooltip="A new finding, or a new element of the model"),
        Binding("plus", "act('bring')", "For", id="evidence.for", tooltip="Bring passages forward for the finding"),
        Binding("minus", "act('against')", "Against", id="evidence.against", tooltip="Bring negative cases forward"),
        Binding("w", "act('judge')", "Why", id="evidence.why", tooltip="Judge how sure one may be, and say why"),
        Binding(
            "a", "act('answer')", "Answer", id="evidence.answer", tooltip="Answer the question, or the sub-question"
        ),
        Binding(
            "t",
            "act('triangulate')",
            "Triangulation",
            id="evidence.triangulate",
            tooltip="How each source type bears on it",
        ),
        Binding(
            "l",
            "act('look')",
            "Look for negatives",
            id="evidence.look",
            tooltip="Look for negative cases; it is recorded",
        ),
        Binding(
            "e", "act('explain')", "Change", id="evidence.explain", tooltip="Explain a negative case; change a text"
        ),
        Binding(
            "x", "act('take_away')", "Take away", id="evidence.take_away", tooltip="Take evidence or a finding away"
        ),
        Binding("k", "act('agree')", "Agreed", id="evidence.agree", tooltip="The finding is agreed, or a draft again"),
        Binding(
            "q", "act('questions')", "Its questions", id="evidence.questions", tooltip="Which questions it answers"
        ),
        Binding("h", "act('themes')", "Its themes", id="evidence.themes", tooltip="Which themes it draws on"),
        Binding(
            "c", "act('configuration')", "Configuration", id="evidence.configuration", tooltip="A new configuration"
        ),
        Binding(
            "f", "act('families')", "Families", id="evidence.families", tooltip="Families a configuration was seen in"
        ),
        Binding("o", "act('choose')", "Question", id="evidence.question", tooltip="Go to a question by its name"),
        Binding(
            "right_square_bracket",
            "step(1)",
            "Next question",
            id="evidence.next",
            tooltip="The next evaluation question",
        ),
        Binding(
            "left_square_bracket",
            "step(-1)",
            "Question before",
            show=False,
            id="evidence.before",
            tooltip="The evaluation question before",
        ),
        Binding("j", "jot", "Memo", id="evidence.memo", tooltip="Write a memo on the finding, theme or passage"),
        Binding(
            "r", "report", "Report", id="evidence.report", tooltip="Write the report for Word, a browser or a workbook"
        ),
    ]

    @property
    def board(self) -> BoardPane:
        """The board of a question."""
        return self.query_one(BoardPane)

    @property
    def logic(self) -> LogicPane:
        """The logic model."""
        return self.query_one(LogicPane)

    def go_to(self, kind: str, record: str) -> None:
        """Go to where a finding, an answer, a judgement or a part of the logic model is told."""
        if kind in ("element", "configuration"):
            self.go_to_pane(LogicPane.NAME)
            self.logic.go_to(record)
        else:
            self.go_to_pane(BoardPane.NAME)
            self.board.seek(kind, record)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what the pane that is seen can do."""
        board = self.tab == BoardPane.NAME
        what = parameters[0] if action == "act" else action
        if what in OF_BOARD:
            return board
        if what in ("configuration", "families"):
            return not board
        return super().check_action(action, parameters)

    def action_act(self, what: str) -> None:
        """Let the pane that is seen do something."""
        board, logic = self.board, self.logic
        if self.tab == LogicPane.NAME:
            acts = {
                "new": logic.new_element,
                "configuration": logic.new_configuration,
                "families": logic.families,
                "judge": logic.judge,
                "take_away": logic.take_away,
            }
            acts[what]()
            return
        match what:
            case "new":
                evidence_acts.new_finding(board)
            case "bring" | "against":
                evidence_acts.bring(board, negative=what == "against")
            case "questions" | "themes":
                evidence_acts.belongs(board, what)
            case "triangulate":
                board.triangulate()
            case "choose":
                board.choose()
            case _:
                getattr(evidence_acts, what)(board)

    def action_step(self, step: int) -> None:
        """Go to another question."""
        self.board.step(step)

    def action_report(self) -> None:
        """Write the report."""
        from tbcp_qual.tui.screens.evidence_report import Reporting

        Reporting(self).ask()
