"""A FAISS index of many vectors: in 8-bit codes, in lists of which a search reads the nearest.

Vectors are assigned to the nearest of some thousand centres that were trained on them. The codes
are read from the file where they stand, so that only what is searched comes into memory. What
passes a filter is spread over all lists, so the codes are held once more in the order of their ids,
in which those of a meeting lie together, from the first filtered search on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from math import ceil, isqrt
from pathlib import Path

import faiss
import numpy as np

from indexer.store import Vectors
from indexer.store.selection import Ids, Mask

# A search reads lists until it has compared about this many passages that pass. Of a million
# passages of tests/bench/maker.py, whose copies lie close together, 131,072 hold 0.945 of the ten
# nearest, 200,000 hold 0.971 (13 ms), 262,144 hold 0.982 (16 ms), 400,000 hold 0.991 (24 ms), and
# with half as many lists 0.919, 0.950, 0.965 and 0.984; `make bench-scale` measures it.
COMPARED = 229_376
# Training on more vectors for each list takes longer and finds no more.
_TRAINED_PER_LIST = 40


class Coarse:
    """An index in a file that is never changed, only replaced."""

    def __init__(self, file: Path) -> None:
        """Map a file that ``train`` or ``Coarse.changed`` made."""
        self._file = file
        self._index = _read(file, faiss.IO_FLAG_MMAP)
        self.dimension = int(self._index.d)
        self.ids = _ids(self._index)

    def outgrown(self, count: int) -> bool:
        """Tell whether the index would have far other lists if it were trained on ``count``."""
        return not self._index.nlist / 1.5 <= _lists(count) <= self._index.nlist * 1.5

    def search_few(self, row: Vectors, k: int, allowed: Mask) -> Ids:
        """Find the k nearest of those that pass by comparing all of them, best where they are few.

        Args:
            row: A unit vector, shape (1, d).
            k: How many to find.
            allowed: Tells of each id whether it passes, shape (highest id + 1,).
        """
        known = self.ids[: np.searchsorted(self.ids, len(allowed))]
        parameters = faiss.SearchParameters()
        # FAISS keeps only a pointer to a selector, so it needs a name as long as the search.
        selector = select(allowed[known])
        parameters.sel = selector
        _, places = self._in_order.search(row, k, params=parameters)
        found: Ids = self.ids[places[0][places[0] >= 0]]  # padded with -1 where fewer than k pass
        return found

    def search(self, row: Vectors, k: int, selector: faiss.IDSelector | None, passing: int) -> Ids:
        """Find about the k nearest of those that the selector lets in, all k where there are k.

        Args:
            row: A unit vector, shape (1, d).
            k: How many to find.
            selector: Lets in those that pass; None lets in all.
            passing: How many pass.
        """
        lists = self._index.nlist
        probes = min(lists, ceil(lists * COMPARED / max(1, passing)))
        while True:
            parameters = faiss.SearchParametersIVF()
            parameters.sel, parameters.nprobe = selector, probes
            _, ids = self._index.search(row, k, params=parameters)
            found: Ids = ids[0][ids[0] >= 0]  # FAISS pads with -1 where it finds fewer than k
            if len(found) == k or probes == lists:
                return found
            probes = min(lists, probes * 4)

    @cached_property
    def _in_order(self) -> faiss.IndexScalarQuantizer:
        """Copy the codes into the order of their ids."""
        size, count = self._index.code_size, len(self.ids)
        copy = faiss.IndexScalarQuantizer(
            self.dimension, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
        )
        copy.sq, copy.is_trained, copy.ntotal = self._index.sq, True, count
        copy.codes.resize(count * size)
        codes = faiss.rev_swig_ptr(copy.codes.data(), count * size).reshape(count, size)
        lists = self._index.invlists
        assert lists is not None
        for number, ids in _lists_of(self._index):
            held = faiss.rev_swig_ptr(lists.get_codes(number), len(ids) * size)
            codes[np.searchsorted(self.ids, ids)] = held.reshape(len(ids), size)
        return copy

    def changed(self, gone: Ids, added: Iterable[tuple[Ids, Vectors]]) -> faiss.IndexIVF:
        """Give the same index without some ids and with others, in memory, without training."""
        index = _read(self._file)
        if gone.size:
            index.remove_ids(faiss.IDSelectorBatch(gone))
        return _filled(index, added)


def train(sample: Vectors, count: int, vectors: Iterable[tuple[Ids, Vectors]]) -> faiss.IndexIVF:
    """Make an index in memory.

    Args:
        sample: Vectors to train on, shape (n, d); see ``sample_size``.
        count: How many vectors the index is going to hold.
        vectors: Those, in batches, with their ids.
    """
    dimension = sample.shape[1]
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimension),
        dimension,
        _lists(count),
        faiss.ScalarQuantizer.QT_8bit,
        faiss.METRIC_INNER_PRODUCT,
        False,  # codes of the vectors, not of what sets them apart from their centre: see _in_order
    )
    index.cp.spherical = True
    index.cp.max_points_per_centroid = _TRAINED_PER_LIST
    index.train(sample)
    return _filled(index, vectors)


def select(allowed: Mask) -> faiss.IDSelector:
    """Let in what a mask does; whoever passes the selector on must keep it."""
    bits = np.packbits(allowed, bitorder="little")
    return faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type] # as faiss wraps it


def sample_size(count: int) -> int:
    """Tell how many of ``count`` vectors an index of them is trained on."""
    return min(count, _TRAINED_PER_LIST * _lists(count))


def _lists(count: int) -> int:
    return 4 * isqrt(count)


def _filled(index: faiss.IndexIVF, batches: Iterable[tuple[Ids, Vectors]]) -> faiss.IndexIVF:
    for ids, vectors in batches:
        index.add_with_ids(vectors, ids)
    return index


def _read(file: Path, flags: int = 0) -> faiss.IndexIVFScalarQuantizer:
    index = faiss.read_index(str(file), flags)
    assert isinstance(index, faiss.IndexIVFScalarQuantizer), "its digest told that we made it"
    return index


def _lists_of(index: faiss.IndexIVF) -> Iterator[tuple[int, Ids]]:
    """Give the number of each list that holds something, with the ids in it."""
    lists = index.invlists
    assert lists is not None
    for number in range(index.nlist):
        if size := lists.list_size(number):
            yield number, faiss.rev_swig_ptr(lists.get_ids(number), size)


def _ids(index: faiss.IndexIVF) -> Ids:
    """Read which ids an index holds, in ascending order."""
    held = [ids for _, ids in _lists_of(index)]
    return np.sort(np.concatenate(held)) if held else np.empty(0, np.int64)
