"""Organisations, units, equipment, exercises, operations and places by name, known or not."""
