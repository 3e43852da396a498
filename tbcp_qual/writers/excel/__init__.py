"""Workbooks of a study."""
