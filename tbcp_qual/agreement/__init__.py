"""How far coders agree: units, statistics (one a file), and the report that states what was compared."""
