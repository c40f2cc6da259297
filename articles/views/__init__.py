"""Pages for readers. They read representations, listings and quotations of live editions, never the working copy."""
