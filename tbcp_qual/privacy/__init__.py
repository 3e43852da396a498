"""What must not leave: recognisers of what identifies people, pseudonyms, and the check before an export."""
