"""The example place is judged ready, bargains with the centre, and enters an agreement.

Everybody in it is made up, and so is the time, as in `heard`. The rules are the real ones.
"""
