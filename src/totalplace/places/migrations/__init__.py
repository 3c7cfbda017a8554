"""Changes to the tables of the room, in the order they were made."""
