"""Codebooks out: what is in use, as YAML and as tables; `readers.codebooks` reads both."""

from tbcp_qual.writers.codebooks.tables import codebook_tables
from tbcp_qual.writers.codebooks.yaml_file import codebook_yaml, write_yaml

__all__ = ["codebook_tables", "codebook_yaml", "write_yaml"]
