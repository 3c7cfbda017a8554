"""The example place sets itself targets, is heard on them, and adopts what was changed.

Everybody in it is made up, and so is the time: the acts are dated on the days on which they would
have been done, the last of them today. The rules are the real ones, and refuse what they refuse.
"""
