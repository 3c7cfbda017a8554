"""Returns: what a form says of a file, what its figures are, and whether they add up."""
