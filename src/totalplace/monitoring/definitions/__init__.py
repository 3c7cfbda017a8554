"""Dated data that officers own: what the watch promises, limits, questions, scales."""
