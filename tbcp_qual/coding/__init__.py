"""What coding is: frozen records and pure functions on them, with the standard library alone."""
