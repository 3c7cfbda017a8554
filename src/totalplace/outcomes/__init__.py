"""Outcomes: indicators, their readings as published, and the targets that a place sets itself.

A reading keeps its vintage: a later one never rewrites what an earlier page said. Missing is never
zero, and a break in a series is never a trend. Targets are the place's own, and are adopted only
once they were heard.
"""
