"""Submissions: files that officers give, held at once, read on trial, corrected and certified.

Bytes are held under their hash before a submission is acknowledged. Only what another officer has
certified is added to what is held and counted; the trial reading counts for nothing.
"""
