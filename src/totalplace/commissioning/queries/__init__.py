"""The only readers of the room for others: frozen rows."""
