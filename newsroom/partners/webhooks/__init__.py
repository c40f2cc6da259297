"""Partners are told of changes: dispatched in the order of the log, signed, sent to checked addresses, tried again."""
