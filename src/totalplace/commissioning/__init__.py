"""Commissioning: options appraised, and the block grant divided among agencies.

An option is a service that an agency could buy or give more or less of; its effects are evidence
with a grade. The solver offers plans with their proof; a named officer proposes one, each agency
answers for its own part, the right body decides, and what is adopted never changes.
"""
