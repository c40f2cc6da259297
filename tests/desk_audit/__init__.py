"""What the desk costs, measured on a throw-away database: `make desk-audit`."""
