"""`python -m articles.tagging`: the engine with the shipped gazetteer, no database and no Django."""

import sys

from .command import run
from .gazetteer.search import Gazetteer

if __name__ == "__main__":
    sys.exit(run(Gazetteer.shipped()))
