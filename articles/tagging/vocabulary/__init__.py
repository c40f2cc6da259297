"""The words that tell something: lists, and what is said of a word without its sentence."""
