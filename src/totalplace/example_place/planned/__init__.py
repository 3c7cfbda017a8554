"""The example place divides its grant: a case whose best plan is known beforehand.

Everybody and every effect in it is made up. The rules are the real ones.
"""
