"""Places: localities, and the public bodies (agencies) that spend on the people who live there.

An agency has a code of its own here, a kind (council, police, NHS trust) and, where the Office for
National Statistics gives one, a GSS code. It is a member of a place from a day, and until a day
where it has left.
"""
