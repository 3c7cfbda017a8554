"""The example place is watched: what slipped is planted, and found by the watch as by a user.

Everybody and every figure in it is made up. The rules are the real ones.
"""
