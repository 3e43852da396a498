"""Several copies of one project, brought together."""
