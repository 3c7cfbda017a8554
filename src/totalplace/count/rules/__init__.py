"""The rules of the count: where a row stands in time, what a series of months gives away."""
