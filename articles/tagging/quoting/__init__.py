"""Quotations: what is one, who said it, and whom that means."""
