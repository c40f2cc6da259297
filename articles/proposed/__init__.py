"""What the tagger proposes, as rows: evidence replaced, verdicts left alone."""
