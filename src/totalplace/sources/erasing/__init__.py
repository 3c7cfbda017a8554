"""Erasing: a personal payee's name is taken out of held files, and what stays can be proved.

A public body may publish by mistake whom it paid where that is a private person. The person has a
right to erasure (UK GDPR article 17; Data Protection Act 2018); the pounds, the row and the fact
that a file was published stay, in the row and in a tombstone that never names anybody.
"""
