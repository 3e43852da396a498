"""How far coders agree where they draw their own units: spans of one continuum, one statistic a file."""
