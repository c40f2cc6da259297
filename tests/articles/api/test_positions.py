from __future__ import annotations

import uuid

import pytest

from articles.api.positions import Position

EPOCH = uuid.UUID("9f1c2d3e4b5a69788796a5b4c3d2e1f0")


def test_read_gives_back_what_was_written():
    position = Position(EPOCH, 118)

    assert str(position) == "9f1c2d3e4b5a69788796a5b4c3d2e1f0.0.118"
    assert Position.read(str(position)) == position


@pytest.mark.parametrize(
    "token",
    ["", "118", f"{EPOCH.hex}.0", f"{EPOCH}.0.1", f"{EPOCH.hex}.0.-1", f"{EPOCH.hex}.0.{'9' * 19}", f"{EPOCH.hex}.0.٣"],
)
def test_read_refuses_what_is_not_ours(token):
    with pytest.raises(ValueError, match="not a position"):
        Position.read(token)


@pytest.mark.parametrize(
    ("position", "leads_on"),
    [
        (Position(EPOCH, 0), True),
        (Position(EPOCH, 7), True),
        (Position(EPOCH, 8), False),
        (Position(uuid.UUID(int=0), 0), True),
        (Position(uuid.UUID(int=0), 1), False),
        (Position(EPOCH, 1, revision=1), False),
    ],
)
def test_position_leads_on_only_within_its_log(position, leads_on):
    assert position.leads_on_to(Position(EPOCH, 7)) is leads_on
