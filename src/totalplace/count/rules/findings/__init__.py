"""Findings: what a careful reader of an agency's files would have noticed, in plain words."""

from totalplace.count.rules.findings.found import found

__all__ = ["found"]
