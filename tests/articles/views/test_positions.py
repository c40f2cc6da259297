from datetime import UTC, datetime

import pytest
from django.http import Http404

from articles.views.positions import Position

MOMENT = datetime(2026, 11, 16, 7, 40, 0, 123456, tzinfo=UTC)


def test_position_reads_what_it_writes():
    position = Position(MOMENT, 12)

    assert str(position) == "2026-11-16T07:40:00.123456Z,12"
    assert Position.read(str(position)) == position


def test_position_absent_is_the_first_page():
    assert Position.read(None) is None


@pytest.mark.parametrize(
    "written",
    ["", "12", "2026-11-16,12", "2026-11-16T07:40:00Z,12;", "2026-02-30T07:40:00Z,1", "2026-11-16T07:40:00Z,-1"],
)
def test_position_refuses_what_we_never_wrote(written):
    with pytest.raises(Http404):
        Position.read(written)
