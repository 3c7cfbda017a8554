"""Days, notice, who may decide, and where a decision stands. Pure."""
