"""Words that tell no theme from another."""

from __future__ import annotations

from typing import Final

# Words of which every theme has as many. "Not" and "no" stay out too: for and against one thing
# are one theme, whose answers a person reads.
PLAIN: Final = frozenset(
    """
    a about above after again against all also am an and any are aren't as at be because been before
    being below between both but by can can't cannot could couldn't did didn't do does doesn't doing
    don't down during each even ever every few for from further get gets getting give given go goes
    going got had hadn't has hasn't have haven't having he her here hers him his how however i i'd
    i'll i'm i've if in into is isn't it it's its itself just know let like lot lots made make makes
    making many may me might more most much must my myself need needs never no nor not now of off on
    once one only or other our ours out over own people please put really same say see shall she
    should shouldn't since so some still such sure take than that that's the their theirs them then
    there there's these they they're thing things think this those though through to too under until
    up us very want wants was wasn't way we we'd we're we've well were weren't what when where which
    while who whom why will with won't would wouldn't yet you you're your yours
    """.split()  # noqa: SIM905  (words read best as a text)
)
