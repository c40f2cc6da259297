"""What the engine knows by name: the desk's entities and countries, compiled for searching."""
