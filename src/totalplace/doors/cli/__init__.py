"""The command line: one file a room, each loaded only when its command is called."""
