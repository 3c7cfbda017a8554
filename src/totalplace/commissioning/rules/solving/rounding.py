"""Whole pence where demands nest: the largest remainder, from the widest group inwards."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, fsum

from totalplace.commissioning.rules.solving.nesting import Tree

Member = tuple[bool, int]  # whether it is a group, and its place


class Cascade:
    """A tree of demands in whole pence. `impossible` is a group that cannot be met, if one is."""

    def __init__(self, tree: Tree, within: tuple[Sequence[int], Sequence[int]]) -> None:
        self.tree = tree
        self.low, self.high = within
        self.members: list[list[Member]] = [[] for _ in tree.groups]
        self.outside: list[int] = []
        for line, number in enumerate(tree.innermost):
            if number < 0:
                self.outside.append(line)
            else:
                self.members[number].append((False, line))
        for number, group in enumerate(tree.groups):
            if group.within >= 0:
                self.members[group.within].append((True, number))
        self.least = [0] * len(tree.groups)
        self.most = [0] * len(tree.groups)
        self.sums: Sequence[float] = ()
        self.totals: list[float] = []
        self.impossible = self._bounded()

    def _bounded(self) -> int | None:
        """What each group can come to, from the narrowest outwards; one that can nothing."""
        for number in range(len(self.tree.groups) - 1, -1, -1):
            group = self.tree.groups[number]
            its = [
                (self.least[place], self.most[place])
                if is_group
                else (self.low[place], self.high[place])
                for is_group, place in self.members[number]
            ]
            least, most = sum(one[0] for one in its), sum(one[1] for one in its)
            self.least[number] = least if group.least is None else max(least, group.least)
            self.most[number] = most if group.most is None else min(most, group.most)
            if self.least[number] > self.most[number]:
                return number
        return None

    def shared(self, sums: Sequence[float]) -> list[int]:
        """Whole pence near some sums that meet every demand; only where that is not impossible.

        Each group has the whole sum nearest its own that can be met, and shares it among lines and
        groups within it by largest remainder. Where demands nest and are whole, there is such a
        plan wherever there is one with fractions of a penny (their matrix is totally unimodular).
        """
        self.sums, self.totals = sums, [0.0] * len(self.tree.groups)
        for number in range(len(self.tree.groups) - 1, -1, -1):
            self.totals[number] = fsum(self._of(member)[0] for member in self.members[number])
        pence = [0] * len(sums)
        for line in self.outside:
            pence[line] = _nearest(sums[line], self.low[line], self.high[line])
        told = [0] * len(self.tree.groups)
        for number, group in enumerate(self.tree.groups):
            if group.within < 0:
                told[number] = _nearest(self.totals[number], self.least[number], self.most[number])
            members = self.members[number]
            shares = _shares(told[number], [self._of(member) for member in members])
            for (is_group, place), share in zip(members, shares, strict=True):
                (told if is_group else pence)[place] = share
        return pence

    def _of(self, member: Member) -> tuple[float, int, int]:
        is_group, place = member
        if is_group:
            return self.totals[place], self.least[place], self.most[place]
        return self.sums[place], self.low[place], self.high[place]


def _nearest(sum_: float, least: int, most: int) -> int:
    return min(max(round(sum_), least), most)


def _shares(total: int, members: Sequence[tuple[float, int, int]]) -> list[int]:
    """A total shared out near each member's own sum, within what each can be.

    The whole part to each; then pennies one by one to those cut by most. What rounding in floats
    left beyond that goes, or is taken, wherever there is room.
    """
    shares = [min(max(floor(sum_), least), most) for sum_, least, most in members]
    odd = total - sum(shares)
    sign = 1 if odd > 0 else -1
    cut = [(sum_ - share) * sign for (sum_, _, _), share in zip(members, shares, strict=True)]
    ranked = sorted(range(len(members)), key=lambda place: (-cut[place], place))
    limit = 1
    while odd:
        for place in ranked:
            _, least, most = members[place]
            room = most - shares[place] if odd > 0 else shares[place] - least
            step = min(room, limit, abs(odd))
            shares[place] += sign * step
            odd -= sign * step
        limit = abs(odd)
    return shares
