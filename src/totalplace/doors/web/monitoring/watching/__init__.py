"""Pages of a place seen from a distance, its series and its findings."""
