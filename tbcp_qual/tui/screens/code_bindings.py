"""The keys of the coding screen; help, palette and guides are drawn from them."""

from textual.binding import Binding, BindingType

BINDINGS: list[BindingType] = [
    Binding("c", "pick", "Code the selection", id="code.pick", tooltip="Choose a code for the words selected"),
    *(
        Binding(f"{n}", f"slot({n})", f"Code in slot {n}", id=f"code.slot_{n}", tooltip="Code with a pinned code")
        for n in range(1, 10)
    ),
    Binding("full_stop", "repeat", "Repeat", id="code.repeat", tooltip="Code with the code used last"),
    Binding("i", "in_vivo", "In-vivo code", id="code.in_vivo", tooltip="Make a code of the words selected"),
    Binding("x", "remove", "Remove coding", id="code.remove", tooltip="Remove your coding at the caret"),
    Binding("e", "recode", "Change code", id="code.recode", tooltip="Give your coding at the caret another code"),
    Binding("m", "memo", "Memo", id="code.memo", tooltip="Write a memo on your coding at the caret"),
    Binding(
        "j", "jot", "Jot a memo", id="code.jot", tooltip="Write a memo on the words, document, case, code, project"
    ),
    Binding("exclamation_mark", "negative", "Negative case", id="code.negative", tooltip="Negative case on, off"),
    Binding(
        "b", "ends", "Change ends", id="code.ends", tooltip="Change where your coding at the caret begins and ends"
    ),
    Binding("enter", "keep_ends", "Keep the ends", id="code.keep_ends", tooltip="Keep the ends that b changes"),
    Binding("w", "weight", "Weight", id="code.weight", tooltip="How strongly the words speak for the code, 0 to 100"),
    Binding(
        "v", "prompted", "Prompted or volunteered", id="code.prompted", tooltip="Prompted, volunteered, or neither said"
    ),
    Binding("space", "nothing", "Nothing to code", id="code.nothing", tooltip="Nothing to code here; next turn"),
    Binding("g", "next_gap", "Next turn not reviewed", id="code.gap", tooltip="Go to the next turn not reviewed"),
    Binding("n", "coding(1)", "Next coding", id="code.next", tooltip="Go to the next coding"),
    Binding("N", "coding(-1)", "Previous coding", id="code.previous", tooltip="Go to the coding before"),
    Binding(
        "greater_than_sign",
        "same_code(1)",
        "Next of this code",
        id="code.next_of_code",
        tooltip="Go to the next coding of this code, in other documents too",
    ),
    Binding(
        "less_than_sign",
        "same_code(-1)",
        "Previous of this code",
        id="code.previous_of_code",
        tooltip="Go to the coding of this code before, in other documents too",
    ),
    Binding("u", "undo", "Undo", id="code.undo", tooltip="Take back your last act"),
    Binding("ctrl+r", "redo", "Redo", id="code.redo", tooltip="Do again what you undid"),
    Binding("d", "done", "Done", id="code.done", tooltip="This document is done, or not after all"),
    Binding("t", "stage", "Stage", id="code.stage", tooltip="How far this document is: read, coded, checked, charted"),
    Binding("r", "rate", "Rate this file", id="code.rate", tooltip="Rate this file on the items of the audit"),
    Binding("a", "case", "All about the case", id="code.case", tooltip="The case of these words: all about it"),
    Binding("S", "structure", "Correct the structure…", id="code.structure", tooltip="Correct who speaks, and turns"),
    Binding("p", "pin", "Pin", id="code.pin", tooltip="Pin the highlighted code to a slot, or unpin it"),
    Binding(
        "f", "filter", "Filter", id="code.filter", tooltip="Show all codings, one code, one branch, one coder, or none"
    ),
    Binding("o", "open", "Open document", id="code.open", tooltip="Open another document"),
    Binding("slash", "find", "Find", id="code.find", tooltip="Find words in this document"),
    Binding("y", "copy", "Copy with label", id="code.copy", tooltip="Copy the passage with its source label"),
    Binding("z", "fold", "Fold panes", id="code.fold", tooltip="Fold the side panes, or bring one up"),
    Binding(
        "vertical_line",
        "split",
        "Split view",
        id="code.split",
        tooltip="Two documents, or one at two places; or one again",
    ),
    Binding("backslash", "other_half", "Other half", id="code.half", tooltip="Go to the other half of the split view"),
    Binding("tab", "next_pane", "Next pane", id="code.pane", show=False, tooltip="Go to the next pane"),
    Binding("f1", "tour", "Tour", id="code.tour", tooltip="A short tour of this screen, by doing"),
    Binding("question_mark", "help", "Help", id="code.help", tooltip="The keys of this screen"),
    Binding("escape", "back", "Back", id="code.back", show=False, tooltip="One step back; nothing is lost"),
]
