"""Dated definitions that officers own: what is counted, by which words and rules it is known.

Each module reads the files that it is named for. Unknown keys are refused where they stand.
"""
