"""Which other stories tell of the same things."""
