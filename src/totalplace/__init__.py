"""Whole-place public budgeting: one chain from what agencies publish to what was learned."""
