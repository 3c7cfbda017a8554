"""Pages of national guarantees, and of what somebody is entitled to in a place."""
