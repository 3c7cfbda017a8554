"""Pages on which anyone answers a consultation, and officers find themes in the answers."""
