"""From a published file to typed rows: opened safely, read in blocks, every row accounted for.

`plain` is the reference: Python's own csv module and the rules, a row at a time. `swift` is the
same reading compiled, for large text files; a test holds that the two agree on any table.
"""
