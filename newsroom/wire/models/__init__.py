"""Where copy comes from, and what came."""

from newsroom.wire.models.item import WireItem
from newsroom.wire.models.source import WireSource

__all__ = ["WireItem", "WireSource"]
