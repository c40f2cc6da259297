"""Persons by title, given name or role; found first, so that no person is taken for a place."""
