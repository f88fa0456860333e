"""Items whose numbers begin anew, and those that were taken out of turn."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from indexer.candidates import Candidate
from indexer.chains import heaviest_chain
from indexer.lines import Line
from indexer.titles import opens_added_part, opens_closed_part


def counting_anew(
    lines: Sequence[Line], found: Sequence[Candidate], best: list[Candidate]
) -> list[Candidate]:
    """Begin the numbers anew below "Tillægsdagsorden" or "Lukkede punkter" where they are used.

    It is believed where that makes more of the candidates than one rising chain does.
    """
    start = found[0].index if found else len(lines)
    below = range(start, len(lines))
    added = next((i for i in below if opens_added_part(lines[i].text)), None)
    parted = next((i for i in below if opens_closed_part(lines[i].text) is not None), None)
    for at in (added, parted):
        if at is None:
            continue
        first, weight = heaviest_chain([candidate for candidate in found if candidate.index < at])
        second, more = heaviest_chain([candidate for candidate in found if candidate.index > at])
        if not first or more <= 0 or second[0].order > first[-1].order:
            continue
        if weight + more > heaviest_chain(found)[1]:
            used = {candidate.number for candidate in first}
            return [*first, *(replace(c, number=_again(c.number, used)) for c in second)]
    return best


def _again(number: str, used: Container[str]) -> str:
    """Tell a number that comes twice from the first, as the portal's are told apart."""
    return f"{number} (2)" if number in used else number


def with_moved(best: list[Candidate], found: Sequence[Candidate]) -> list[Candidate]:
    """Add the items that were taken out of turn, whose numbers the chain has left out."""
    numbers = {candidate.order for candidate in best}
    last = max(numbers, default=(0, ""))
    moved = []
    for other in found:
        if other.apart and other.order not in numbers and min(numbers) < other.order < last:
            numbers.add(other.order)
            moved.append(other)
    return sorted([*best, *moved], key=lambda candidate: candidate.index)
