"""What every agency of a place spent by its published files; the only way others read the count."""

from totalplace.count.queries.built import count

__all__ = ["count"]
