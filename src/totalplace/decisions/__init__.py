"""Decisions: which body may decide what, on what notice, and when a decision takes effect.

A body (a cabinet, a full council, an officer, a combined authority) decides under rules that law
and its own constitution set. A key decision needs notice; a decision may be called in before it
takes effect; one that is taken by the wrong body, or too early, never does. Local Government Act
2000 part 1A, SI 2012/2089 and, for combined authorities, SI 2017/68.
"""
