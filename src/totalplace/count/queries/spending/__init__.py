"""The payments behind an edition: found, added up, and followed to their row in a file."""
