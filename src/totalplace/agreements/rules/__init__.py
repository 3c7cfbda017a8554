"""Pure rules of the room: no web, no database, no clock."""
