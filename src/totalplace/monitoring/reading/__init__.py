"""Files that officers give in, read as they are and judged."""
