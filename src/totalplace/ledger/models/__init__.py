"""The tables of the room. Only added to."""

from __future__ import annotations
