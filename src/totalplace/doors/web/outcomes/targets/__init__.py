"""Pages of the targets that a place proposes, has heard, and adopts."""
