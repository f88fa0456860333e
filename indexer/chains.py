"""The heaviest chain of rising numbers, which tells the headings from all that looks like them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Protocol, TypeVar

# A number and what follows it: (1, "a") is after (1, "") and before (2, "").
Order = tuple[int, str]

# What speaks for one link following another. Set by hand with the weights in headings.py.
_STEP = 1.0
_GAP = -1.5
_OUT_OF_A_LIST = -3.0


class Link(Protocol):
    """What chains are made of; a ``listed`` one is hardly reached from outside its list."""

    @property
    def order(self) -> Order:
        """What rises along a chain."""

    @property
    def weight(self) -> float:
        """What speaks for the link itself."""

    @property
    def listed(self) -> bool:
        """Whether the link before it in the document is its neighbour in a list."""


_L = TypeVar("_L", bound=Link)


def heaviest_chain(links: Sequence[_L]) -> tuple[list[_L], float]:
    """Find the chain of rising numbers with the greatest weight, by dynamic programming.

    Args:
        links: In the order of the document.

    Returns:
        The chain and its weight; an empty one with weight 0 where there are no links.
    """
    chains = _Chains()
    before: list[int] = []
    for place, link in enumerate(links):
        gain, previous = _best_step(chains, links, place)
        before.append(previous)
        chains.add(link.order, link.weight + gain)
    at = max(range(len(links)), key=lambda place: chains.totals[place], default=-1)
    weight = chains.totals[at] if at >= 0 else 0.0
    chain: list[_L] = []
    while at >= 0:
        chain.append(links[at])
        at = before[at]
    return chain[::-1], weight


def _best_step(chains: _Chains, links: Sequence[Link], place: int) -> tuple[float, int]:
    """Find the chain that a link best goes on from, and what that gains; -1 where it begins one."""
    link = links[place]
    listed_with = place - 1 if link.listed and links[place - 1].order < link.order else -1
    near = [*chains.near(link.order), *([listed_with] if listed_with >= 0 else [])]
    steps = [(_STEP, end) for end in near] + [(_GAP, end) for end in chains.far(link.order)]
    gains = [
        (chains.totals[end] + step + _OUT_OF_A_LIST * (link.listed and end != listed_with), end)
        for step, end in steps
    ]
    return max([(0.0, -1), *gains], key=lambda gain: gain[0])


class _Chains:
    """The heaviest chains so far, by the number they end in."""

    def __init__(self) -> None:
        self.totals: list[float] = []
        # Number, then what follows it ("a"), to the place of the candidate that ends the chain.
        self._at: dict[int, dict[str, int]] = {}
        # Numbers in rising order, each with a heavier chain than all smaller ones.
        self._numbers: list[int] = []
        self._places: list[int] = []

    def add(self, order: tuple[int, str], total: float) -> None:
        """Add the chain that ends in the next candidate."""
        place = len(self.totals)
        self.totals.append(total)
        number, suffix = order
        same = self._at.setdefault(number, {})
        if suffix not in same or total > self.totals[same[suffix]]:
            same[suffix] = place
        at = bisect_left(self._numbers, number)
        if at and self.totals[self._places[at - 1]] >= total:
            return
        end = at
        while end < len(self._numbers) and self.totals[self._places[end]] <= total:
            end += 1
        if end == at and at < len(self._numbers) and self._numbers[at] == number:
            return
        self._numbers[at:end], self._places[at:end] = [number], [place]

    def near(self, order: tuple[int, str]) -> list[int]:
        """List the ends of chains that a number follows without a gap."""
        number, suffix = order
        return [
            *self._at.get(number - 1, {}).values(),
            *(place for other, place in self._at.get(number, {}).items() if other < suffix),
        ]

    def far(self, order: tuple[int, str]) -> list[int]:
        """Give the end of the heaviest chain that a number follows with a gap, if there is one."""
        at = bisect_left(self._numbers, order[0] - 1)
        return self._places[at - 1 : at] if at else []
