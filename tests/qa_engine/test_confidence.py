"""How sure Punktvis is: a probability that grows with what speaks for an answer."""

from __future__ import annotations

from dataclasses import asdict, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_engine.confidence import _WEIGHTS, THRESHOLD, Signals, confidence

NAMES = [field.name for field in fields(Signals)]
some_signals = st.builds(Signals, **{name: st.floats(-4, 4) for name in NAMES})


@given(some_signals)
def test_confidence_is_a_probability(signals: Signals) -> None:
    assert 0.0 <= confidence(signals) <= 1.0


@pytest.mark.parametrize("name", NAMES)
@given(signals=some_signals, more=st.floats(0.01, 1))
def test_confidence_grows_with_what_has_a_positive_weight(
    name: str, signals: Signals, more: float
) -> None:
    weight = asdict(_WEIGHTS)[name]
    stronger = replace(signals, **{name: getattr(signals, name) + more})
    if weight > 0:
        assert confidence(stronger) >= confidence(signals)
    else:
        assert confidence(stronger) <= confidence(signals)


@pytest.mark.parametrize("name", ["item", "named", "terms", "kind", "read", "words"])
def test_what_speaks_for_an_answer_has_no_negative_weight(name: str) -> None:
    assert asdict(_WEIGHTS)[name] >= 0


def test_no_evidence_is_not_enough_to_answer() -> None:
    assert confidence(Signals(**dict.fromkeys(NAMES, 0.0))) < THRESHOLD


def test_good_evidence_is_enough_to_answer() -> None:
    good = {"item": 1.85, "terms": 1.6, "kind": 1.0, "read": 3.0}
    assert confidence(Signals(**dict.fromkeys(NAMES, 0.0) | good)) >= THRESHOLD


def test_the_threshold_lies_between_no_and_yes() -> None:
    assert 0.0 < THRESHOLD < 1.0
