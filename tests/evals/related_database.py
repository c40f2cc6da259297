"""`python -m tests.evals.related_database --part tuned`: related news on ECB+ by way of the database.

The same figures as `python -m tests.evals related`, but candidates come from the term table of a throw-away
PostgreSQL, 30 for each text as at the desk: what is lost between the two is lost by the search.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from typing import Any

from newsroom.throwaway import ThrowawayDatabase

from .folder import ASIDE, TUNED, evals, part_of, scorer
from .related import LIMIT, stories
from .related_speed import start_django


def main() -> int:
    """Parse the arguments and print the scorer's figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.related_database", description=__doc__)
    parser.add_argument("--part", choices=(TUNED, ASIDE), default=TUNED)
    options = parser.parse_args()
    with ThrowawayDatabase() as url:
        os.environ["DATABASE_URL"] = url
        start_django()
        sys.stdout.write(json.dumps(score(options.part), indent=1) + "\n")
    return 0


def score(part: str) -> dict[str, Any]:
    """Fill the term table with all texts, and look for the related ones of each text of the part."""
    from django.db import connection

    from articles import term_frequencies
    from articles.related_stories import StoryInHand, closest_stories
    from articles.tagging.relating.related import Frequencies
    from articles.tagging.relating.terms import terms

    from .related_corpus import LATER, copy_in, row_of

    texts = stories()
    numbers = {id: number for number, id in enumerate(texts, start=1)}
    ids = {number: id for id, number in numbers.items()}
    vectors = {id: terms(*text) for id, text in texts.items()}
    rarities = Frequencies.counted(len(texts), Counter(term for vector in vectors.values() for term in vector))
    copy_in(row_of(numbers[id], vector, rarities, "2020-01-01") for id, vector in vectors.items())
    term_frequencies.refresh()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE articles_articleterm")
    gold = json.loads((evals() / "related" / "gold.json").read_text(encoding="utf-8"))["queries"]
    system = {}
    for id in (id for id in gold if part_of(id) == part):
        document, entities = texts[id]
        story = StoryInHand(document, {entity: entity for entity in entities}, before=LATER, without=[numbers[id]])
        system[id] = [ids[found.id] for found in closest_stories(story, limit=LIMIT)]
    figures: dict[str, Any] = scorer("related").run({id: gold[id] for id in system}, system)
    return figures


if __name__ == "__main__":
    sys.exit(main())
