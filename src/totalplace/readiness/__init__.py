"""Readiness: whether a place is ready for an agreement, judged by place and centre together.

Four areas by four levels, with criteria as definitions and evidence that expires. Each side scores
unseen by the other; then they meet, and what they agreed, where they differed and why are kept.
"""
