"""Definitions of the room: dated, sourced, owned."""
