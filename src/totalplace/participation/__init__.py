"""Participation: who must be heard on a proposal, and how each was answered.

Heard before anything is decided: the agencies whose money or target it is, the partnership, the
public. The four rules of lawful consultation are gates here: R v Brent LBC ex p Gunning (1985),
endorsed in R (Moseley) v Haringey LBC [2014] UKSC 56; Equality Act 2010, section 149. The room
knows a proposal only as a citation.
"""
