"""Files of postings, opened."""
