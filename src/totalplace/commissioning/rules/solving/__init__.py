"""Solvers: which plan reaches most, within what may be done, with the proof of it."""
