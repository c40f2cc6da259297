"""What agencies send: fetched from declared sources, read, and brought onto the desk as drafts."""
