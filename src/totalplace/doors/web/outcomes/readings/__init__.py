"""Pages of readings: trend, comparison, map, definition."""
