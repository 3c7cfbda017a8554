"""Rules of the room: pure functions of what they are given."""
