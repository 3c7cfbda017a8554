"""The only writers of the room: one verb an action."""
