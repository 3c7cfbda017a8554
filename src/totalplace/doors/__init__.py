"""Doors: where people come in. The command line today; web pages and an API in later stages.

A door reads what it is given, calls one action or query of a room, and shows what comes back. The
clock, the user's name, the home folder and the settings are read here and nowhere below.
"""
