"""Pages of the watch: what was found, who answers, capacity, and the partnership."""
