"""Record: who did what, when, under which power and citing what, as text that is never erased.

Every act of every room is one entry. Entries are numbered without a gap, and each carries the
digest of the one before, so that a change to any of them is seen by anyone who holds a later one.
The database itself refuses to change or remove an entry.
"""
