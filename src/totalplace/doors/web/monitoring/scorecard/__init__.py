"""The page of how well the watch itself does."""
