"""Pages below /agreements/."""
