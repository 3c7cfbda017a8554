"""Signatures: the text on paper that keeps (PDF/A-3), so signed that it keeps.

No web and no database here: bytes in, bytes out. The time is told by whoever asks.
"""
