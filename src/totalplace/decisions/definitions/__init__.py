"""The law of decisions as dated data, with its sources and what is uncertain in it."""
