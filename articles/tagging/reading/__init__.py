"""The text as words, quoted pieces, sentences and phrases."""
