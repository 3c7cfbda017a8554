"""Dated definitions that officers own."""
