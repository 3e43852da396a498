"""Codebooks in."""

from tbcp_qual.readers.codebooks.codebook import COLOURS, CodebookDraft, read_codebook

__all__ = ["COLOURS", "CodebookDraft", "read_codebook"]
