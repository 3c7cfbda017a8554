"""The register: areas and bodies with their dated codes, what became what, who covers where.

Published registers disagree. So each keeps what it says, line by line (`facts`); from all of them
together one register is made (`whole`), in which nothing is decided silently: what two sources say
differently stands in `conflicts`. All of it is pure, and does not depend on the order of loading,
but for this: of two sources of one year that differ, the one loaded last is used.
"""
