"""Submissions: figures on their way in, from the officer who gives them to the one who certifies.

Nothing that is not certified is counted, and nobody certifies what they had a hand in.
"""
