"""What officers may change of this room: dated, sourced, and somebody answers for it."""
