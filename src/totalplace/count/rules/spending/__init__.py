"""What whoever reads a count may ask of its payments, and how the answer is laid out."""
