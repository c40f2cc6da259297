"""An agency of one story."""

from __future__ import annotations

import pytest

from newsroom.wire.models import WireItem
from newsroom.wire.rounds import fetch_source
from tests.agency import ninjs, ninjs_item


@pytest.fixture
def send(declare, agency, author):
    """Brings a version of the one story in; its item as it then is."""
    source = declare(format="ninjs", author=author)

    def bring(version: str = "1", **other) -> WireItem:
        agency.body = ninjs(ninjs_item(version=version, **other))
        assert fetch_source(source.pk) is not None
        return WireItem.objects.select_related("article", "source").get()

    bring.source = source
    return bring


@pytest.fixture
def kill(send):
    def bring(version: str = "2", note: str = "The ministry denies it.") -> WireItem:
        return send(version, pubstatus="canceled", ednote=note)

    return bring
