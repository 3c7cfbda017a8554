"""What officers may change: dated, with its sources, and somebody answers for it."""
