"""Entitlements: the few guarantees that are national, as rules with their law.

Each says who is eligible, for what level of service or which sum, under which law, and who funds
it. A place may do better than the floor and never worse.
"""
