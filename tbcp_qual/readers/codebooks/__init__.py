"""Codebooks in."""

from tbcp_qual.readers.codebooks.codebook import CodebookDraft, read_codebook

__all__ = ["CodebookDraft", "read_codebook"]
