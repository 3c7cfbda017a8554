"""Workbooks of officers as they are read, each fault at its cell."""
