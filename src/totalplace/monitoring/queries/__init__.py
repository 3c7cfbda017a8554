"""The only readers of the room: frozen rows, never models."""
