"""Sources: files as agencies publish them, read as they are, with every fault kept.

Every row of a file comes out as one of eight things (a payment, a card purchase, a commitment, a
fault, a blank, a total, a header or a line of preamble), and so does every pound that can be read.
A file is held byte for byte, is wholly read or not at all, and is never taken twice.
"""
