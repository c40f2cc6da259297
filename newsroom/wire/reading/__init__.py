"""What an agency's bytes say: RSS, Atom and ninjs as entries of one form. No database, no network."""

from newsroom.wire.reading.entries import Entry, Feed, Removal, UnreadableFeed
from newsroom.wire.reading.reader import read_feed

__all__ = ["Entry", "Feed", "Removal", "UnreadableFeed", "read_feed"]
