"""Count: what every public body in a place spends, as far as their published files show it.

This first count sets payments, card purchases and commitments side by side for each agency and
financial year, never added together, and says what stands in the way of believing them: months
that are missing, copies, redactions, a threshold or a treatment of VAT that changes half-way. It
does not yet remove payments from one public body to another, so its totals are no spending of a
place. Publishing is required of councils by the Local Government Transparency Code 2015.
"""
