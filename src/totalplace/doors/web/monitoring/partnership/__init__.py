"""Pages of the questions on the partnership."""
