"""The spending of a place by every body, each pound once: flows, lines, shares and totals.

Two totals are never added: net, from returns, and gross, from payments (decision 0005).
"""
