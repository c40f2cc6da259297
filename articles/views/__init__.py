"""Pages for readers. They read representations, listings and quotations of live editions, never the working copy.

The one exception is a signed preview (`preview.py`), which is no page for readers.
"""
