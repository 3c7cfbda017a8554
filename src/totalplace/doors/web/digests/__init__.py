"""E-mail digests of what waits for an officer: asked for by them, and ended by one click."""
