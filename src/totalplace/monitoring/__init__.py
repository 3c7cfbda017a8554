"""Monitoring: what was agreed is watched, and whoever owns an outcome answers when it slips.

Every series that a place and the centre agreed on is looked at each night, with the number of false
alarms for the whole place set in advance. What is found is a finding, never changed. On a protected
outcome or an entitlement it opens one response of two owners, a local and a central one, each with
a clock; it closes on the evidence of the series itself. A finding reopens no agreement: an officer
amends it, citing the finding. The watch keeps its own record, and publishes it.
"""
