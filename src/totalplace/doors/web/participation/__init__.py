"""Pages on which people are heard before anything is decided."""
