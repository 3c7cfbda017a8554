"""Signing in: local accounts with a second factor, and single sign-on. Nobody is made by it."""
