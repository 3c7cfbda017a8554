"""The tables of the room. Only added to."""
