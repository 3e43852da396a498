"""The project file: one SQLite file that only this room reads and writes."""

from tbcp_qual.store.project import Project

__all__ = ["Project"]
