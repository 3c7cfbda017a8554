"""Pages of the partnership: members, meetings, motions, advice."""
