"""Returns: complete but coarse figures that bodies and departments publish of what they spend.

A return is what one body says of one year in one form. It is asked for, returned, queried and
accepted; a later file of it takes its place. Other rooms read returns by the queries named here.
"""

from totalplace.sources.returns.queries import (
    ControlTotal,
    FaultOfReturn,
    Move,
    ReturnBody,
    ReturnFile,
    ReturnKey,
    ReturnLine,
    bodies,
    control_totals,
    faults,
    files,
    lines,
    moves,
    states,
    years,
)

__all__ = [
    "ControlTotal",
    "FaultOfReturn",
    "Move",
    "ReturnBody",
    "ReturnFile",
    "ReturnKey",
    "ReturnLine",
    "bodies",
    "control_totals",
    "faults",
    "files",
    "lines",
    "moves",
    "states",
    "years",
]
