"""The only writers of the room: readings, definitions and targets, one verb an action."""
