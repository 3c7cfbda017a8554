"""Returns: complete but coarse figures that bodies and departments publish of what they spend."""
