"""A terminal workbench for qualitative evaluation."""

__version__ = "0.1.0"
