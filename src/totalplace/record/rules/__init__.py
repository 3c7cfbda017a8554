"""What makes the chain of entries whole. Pure."""
