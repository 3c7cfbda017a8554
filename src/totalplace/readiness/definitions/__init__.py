"""The facts of eligibility, and the criteria of each area and level, that officers own."""
