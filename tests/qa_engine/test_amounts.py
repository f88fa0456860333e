from __future__ import annotations

import pytest

from qa_engine.amounts import find_amount


@pytest.mark.parametrize(
    ("decided", "proposed", "economy", "amount"),
    [
        (
            "Godkendt.",
            "at der gives en bevilling på 13,5 mio. kr.",
            "I alt 20 mio. kr.",
            "13,5 mio. kr.",
        ),
        ("Bevillingen udgør 1.250.000 kr. i 2024.", "2 mio. kr.", "", "1.250.000 kr."),
        (
            "Godkendt.",
            "Renoveres for 31,8 mio. kr. Der afsættes 600.000 kroner.",
            "",
            "600.000 kroner.",
        ),
        ("Godkendt.", "", "Udgiften er 95.000 kr. årligt.", "95.000 kr."),
        ("A stillede ændringsforslag om 1,1 mio. kr.\nForkastet.", "", "", None),
        ("Godkendt den 4. marts 2024 med 12 stemmer.", "", "", None),
        ("3 millioner kr. afsættes", "", "", "3 millioner kr."),
        (
            "Godkendt, idet rådgivning til 95.000 kr. udgår.",
            "en bevilling på 2 mio. kr.",
            "",
            "95.000 kr.",
        ),
        (
            "A stillede ændringsforslag: Bevillingen sættes ned til 13,5 mio. kr.\n"
            "Udvalget anbefaler indstillingen med den ændring, at bevillingen udgør 13,5 mio. kr.",
            "en anlægsbevilling på 14,6 mio. kr.",
            "",
            "13,5 mio. kr.",
        ),
        (
            "A stillede ændringsforslag om en bevilling på 1,1 mio. kr.\nForkastet.\nVedtaget.",
            "en bevilling på 2 mio. kr.",
            "",
            "2 mio. kr.",
        ),
        (
            "A foreslog en bevilling på 3 mio. kr.\nÆndringsforslaget blev enstemmigt vedtaget.",
            "en bevilling på 2 mio. kr.",
            "",
            "3 mio. kr.",
        ),
        ("Godkendt.", "", "Driften er 90.000 kr. Der afsættes 1 mio. kr.", "1 mio. kr."),
    ],
)
def test_the_amount_that_is_granted_is_chosen(
    decided: str, proposed: str, economy: str, amount: str | None
) -> None:
    assert find_amount(decided, proposed, economy) == amount
