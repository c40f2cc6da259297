import re
from pathlib import Path

import pytest

from articles.tagging.quoting import bearings
from articles.tagging.quoting.weights import SPEAKER, total


def test_total_adds_each_sign_times_its_weight():
    assert total([("right behind", 1.0), ("token between, behind", 10)]) == pytest.approx(4.5 - 0.6)


def test_total_of_nothing_is_zero():
    assert total([]) == 0


def test_total_refuses_an_unknown_sign():
    with pytest.raises(KeyError):
        total([("hearsay", 1.0)])


def test_every_sign_of_the_table_is_used_somewhere():
    folder = Path(bearings.__file__).parent
    code = "".join(
        (folder / f"{name}.py").read_text(encoding="utf-8")
        for name in ("bearings", "rivals", "neighbours", "attribution")
    )
    composed = ("grip on the source, ", "nothing stands before", "words stand before")

    unused = [sign for sign in SPEAKER if f'"{sign}"' not in code and not sign.startswith(composed)]

    assert unused == []
    assert re.search(r"grip on the source, \{where\}", code)
