"""Files that are brought back to this room, read as they are."""
