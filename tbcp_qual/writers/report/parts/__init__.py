"""The parts of a report, a file each: what they hold of the study, as blocks."""
