"""The only writers of the room: one verb, one transaction."""
