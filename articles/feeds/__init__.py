"""What readers subscribe to: RSS 2.0, Atom and JSON Feed of stories, quotations and corrections.

They read what the pages read. Every entry has an identity for life (`urn:uuid:…`), so that a changed story is no new
one to a reader of feeds; one that was taken down is told as deleted.
"""
