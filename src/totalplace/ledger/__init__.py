"""Ledger: double entry in whole pence, in which nothing is edited or erased.

A book belongs to a pool or an agreement. Each account has a heading, an agency, a year and a
colour: the grant line whose money it is. A posting moves whole pence from one account to another,
so that one that does not balance cannot be written down. The database refuses a posting that would
overdraw an account, break a limit, change the colour of money or stand in a closed period. A wrong
posting is reversed, never corrected. The room never asks why: it takes postings and limits with a
citation.
"""
