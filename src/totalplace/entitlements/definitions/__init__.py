"""Guarantees that ship, and how few and how soon, as dated data that officers own."""
