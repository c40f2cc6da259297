"""Our own labelled stories and their reader; README.md says how they are written."""
