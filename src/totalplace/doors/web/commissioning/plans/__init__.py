"""Pages of plans: drafted, proposed, answered, decided, adopted."""
