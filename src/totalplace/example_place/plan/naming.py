"""How agencies name the months and years in their files' names and titles."""

from __future__ import annotations

from datetime import date

from totalplace.example_place.forms.dates import month_name


def month_year(month: date) -> str:
    """April 2023"""
    return f"{month_name(month)} {month.year}"


def short(month: date) -> str:
    """Apr23"""
    return f"{month_name(month)[:3]}{month.year % 100:02d}"


def quarter(months: tuple[date, ...], place: int) -> tuple[date, ...]:
    """The three months of a financial year's quarter, the first is 0."""
    return months[3 * place : 3 * place + 3]
