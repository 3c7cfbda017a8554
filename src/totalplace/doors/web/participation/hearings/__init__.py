"""Pages of hearings: prepared, opened, replied to, answered, concluded."""
