"""Loads seeds/ through the same verbs as the desk uses. Adds what is missing, changes nothing that is there."""
