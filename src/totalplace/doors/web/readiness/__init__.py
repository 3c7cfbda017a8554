"""Pages below /readiness/."""
