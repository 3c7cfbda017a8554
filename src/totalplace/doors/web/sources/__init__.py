"""Figures on their way in: upload, see the guess, correct it, submit, certify; and returns."""
