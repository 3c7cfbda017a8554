"""Agreements: a block grant negotiated line by line, signed by both sides, and kept by both.

The place drafts first. Offers are versions that nobody changes. One text holds the legal words and
the terms that the software keeps; promises stand on both sides, and a breach of either is dated
from the record and the book, never from opinion.
"""
