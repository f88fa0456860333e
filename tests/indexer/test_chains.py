from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from indexer.chains import Order, heaviest_chain


@dataclass(frozen=True)
class Link:
    """A link as the search for chains sees it."""

    order: Order
    weight: float
    listed: bool = False


def links(*numbers: int, weight: float = 1.0) -> list[Link]:
    return [Link((number, ""), weight) for number in numbers]


LINKS = st.lists(
    st.builds(
        Link,
        st.tuples(st.integers(1, 12), st.sampled_from(["", "a", "b"])),
        st.floats(-3, 6),
        st.just(False),
    ),
    max_size=12,
)


@given(LINKS)
def test_a_chain_rises_in_the_order_of_the_document(found: list[Link]) -> None:
    chain, _ = heaviest_chain(found)
    assert all(one.order < other.order for one, other in pairwise(chain))
    places = [next(i for i, link in enumerate(found) if link is member) for member in chain]
    assert places == sorted(places)


@given(LINKS)
def test_no_chain_is_heavier(found: list[Link]) -> None:
    """The quick search finds what trying every chain finds."""

    def heaviest_to(place: int) -> float:
        here = found[place]
        gains = [0.0]
        for before in range(place):
            there = found[before]
            if there.order < here.order:
                step = 1.0 if here.order[0] - there.order[0] <= 1 else -1.5
                gains.append(totals[before] + step)
        return here.weight + max(gains)

    totals: list[float] = []
    for place in range(len(found)):
        totals.append(heaviest_to(place))
    _, weight = heaviest_chain(found)
    assert abs(weight - max(totals, default=0.0)) < 1e-9


def test_no_links_make_no_chain() -> None:
    assert heaviest_chain([]) == ([], 0.0)


def test_a_number_out_of_order_is_left_out() -> None:
    one, two, three = links(127, 128, 129, weight=2.0)
    chain, _ = heaviest_chain([one, *links(1, 2), two, *links(3), three])
    assert chain == [one, two, three]


def test_letters_follow_their_number() -> None:
    order: list[Order] = [(1, ""), (1, "a"), (1, "b"), (2, ""), (2, "a")]
    chain, _ = heaviest_chain([Link(place, 1.0) for place in order])
    assert [link.order for link in chain] == order


def test_an_element_of_a_list_is_hardly_reached_from_outside_it() -> None:
    """The headings 1 to 3 do not go on with the fourth element of a list below them."""
    headings = links(1, 2, 3)
    below = [Link((1, ""), -1), *(Link((n, ""), 0.5, listed=True) for n in (2, 3, 4))]
    chain, _ = heaviest_chain([*headings, *below])
    assert chain == headings
