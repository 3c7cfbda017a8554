"""Hearings and their gate, what the public says, and the partnership. Pure."""
