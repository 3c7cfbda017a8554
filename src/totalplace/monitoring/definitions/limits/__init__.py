"""Limits of the watch: dated tables of numbers, each with its seed and its error."""
