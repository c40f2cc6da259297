"""The wire in the admin: what came, and from where it is fetched."""

from newsroom.wire.admin.article import WireArticleAdmin
from newsroom.wire.admin.item import WireItemAdmin
from newsroom.wire.admin.source import WireSourceAdmin

__all__ = ["WireArticleAdmin", "WireItemAdmin", "WireSourceAdmin"]
