"""The credit for a message comes back, whether or not the broker hears what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kombu.transport import virtual


@contextmanager
def credit_given_back(channel: virtual.Channel, delivery_tag: str) -> Iterator[None]:
    """Around the word to the broker. What went wrong is raised nevertheless: the worker logs it."""
    try:
        yield
    except Exception:
        # That of the base class tells no broker.
        virtual.QoS.ack(channel.qos, delivery_tag)
        raise
