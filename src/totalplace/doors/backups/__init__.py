"""Backups: all of an installation in one file, and back again, with every byte accounted for.

A backup holds the records as PostgreSQL's own tool writes them, and every file of the home beside
them, as both were at one moment, while others went on working. What it holds is listed in it with
hashes. It is restored only where nothing is, and only if all of it is as it was.
"""
