"""`python -m tests.site_audit.queries`: database queries of each public page with 1, 3 and 30 rows, as JSON.

In a process and a database of its own, which hold nothing else. Each page is asked twice: what a process asks once
in its life does not count.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from typing import Any

from newsroom.throwaway import ThrowawayDatabase
from tests.audits.report import Finding, Report
from tests.audits.tools import ROOT, JudgeAbsentError

ROWS = (1, 3, 30)
PATIENCE = 400
BODY = (
    "<p>“The fleet will be back by day {number},” Norwegian Defence Minister Ida Berg said in Oslo. Finland and "
    "Sweden sent frigates. The Norwegian navy did not answer.</p>"
)


def judge_queries(report: Report) -> None:
    """Starts the measurement and judges its figures."""
    command = [sys.executable, "-m", "tests.site_audit.queries"]
    # Settings of the served release would ask for its collected static files.
    environment = {name: value for name, value in os.environ.items() if name not in RELEASE}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE)
    if ended.returncode:
        raise JudgeAbsentError(f"the count of queries failed: {ended.stderr.strip()[-1500:]}")
    counts: dict[str, list[int]] = json.loads(ended.stdout.splitlines()[-1])
    growing = {page: found for page, found in counts.items() if len(set(found)) > 1}
    report.count(
        "pages_whose_queries_grow",
        [Finding("queries", page, f"{found} queries with {ROWS} rows") for page, found in growing.items()],
    )
    report.figure("queries_of_a_page_at_most", max(max(found) for found in counts.values()))
    report.note("queries: " + ", ".join(f"{page} {max(found)}" for page, found in sorted(counts.items())))


RELEASE = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PRODUCTION", "STATIC_ROOT", "SITE_URL", "ALLOWED_HOSTS")


def main() -> None:
    warnings.filterwarnings("ignore", "No directory at:", UserWarning)
    with ThrowawayDatabase() as url:
        os.environ["DATABASE_URL"] = url
        from tests.evals.related_speed import start_django

        start_django()
        sys.stdout.write(json.dumps(dict(counted())) + "\n")


def counted() -> Iterator[tuple[str, list[int]]]:
    """Every page with its counts, in the order of ROWS."""
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from newsroom import broker
    from tests.desk_audit.big_story import cast

    broker.install(connection)
    call_command("seed", "--without-stories", stdout=sys.stderr)
    desk, client, by_page = cast(), Client(), {}
    for number in range(max(ROWS)):
        first = _publish(desk, number)
        if number + 1 in ROWS:
            for page, path in addresses(first).items():
                by_page.setdefault(page, []).append(_queries(client, path))
    yield from by_page.items()


def addresses(story: Any) -> dict[str, str]:
    """The pages whose rows grow with the archive, and what hangs on one story whose versions grow with it."""
    from django.urls import reverse

    from .pages import address

    path = story.path
    found = {
        "home": reverse("home"),
        "section": reverse("section", args=[story.section.slug]),
        "article": story.get_absolute_url(),
        "versions": reverse("versions", args=[path]),
        "version": reverse("version", args=[path, 1]),
        "corrections": address("corrections"),
        "countries": reverse("countries"),
        "map": reverse("map"),
        "storylines": address("storylines"),
        "diary": address("diary"),
        "storyline": address("storyline", "the-fleet"),
        "country-timeline": reverse("country-timeline", args=["norway"]),
        "compare": f"{reverse('quotes-compare')}?one=Ida+Berg&other=Ida",
        "country": reverse("country", args=["norway"]),
        "quotes": reverse("quotes"),
        "quotes-of-country": address("quotes", country="NO"),
        "search": address("search", q="fleet"),
        "authors": address("authors"),
        "author": reverse("author", args=[story.card["bylines"][0]["slug"]]),
        "feeds": address("feeds"),
        "report": address("report", story.uuid),
        "entities": address("entities"),
        "entities-of-kind": address("entities-of", "organisation"),
        "country-pair": address("country-pair", "finland", "norway"),
        "feed": address("feed-all", "rss"),
        "feed-atom": address("feed-all", "atom"),
        "feed-of-quotes": address("feed-quotes", "rss"),
        "feed-of-corrections": address("feed-corrections", "rss"),
        "feed-of-section": address("feed-section", story.section.slug, "rss"),
        "feed-of-country": address("feed-country", "norway", "rss"),
        "sitemap": address("sitemap"),
        "sitemap-of-news": address("sitemap-news"),
        "sitemap-of-month": address("sitemap-month", *map(int, path.split("/")[:2])),
    }
    return {page: path for page, path in found.items() if path}


def _publish(desk: Any, number: int) -> Any:
    """One story more, read by the tagger, confirmed, live; and one correction more of the first story."""
    from articles import correcting, diary, proposing, publishing, storylines, suggestions, workflow
    from articles.day_precision import read_days
    from articles.models import Article, Representation, Storyline
    from entities.models import Entity

    article = desk.draft(f"Fleet returns to port, day {number}", body=BODY.format(number=number))
    proposing.suggest(article.revision_id)
    for quote in article.quotes.all():
        suggestions.confirm_quote(quote, by=desk.editor)
    for tag in article.tags.undecided():
        suggestions.confirm_tag(tag, by=desk.editor)
    workflow.submit(desk.fresh(article), by=desk.journalist)
    workflow.approve(desk.fresh(article), by=desk.editor)
    publishing.publish(desk.fresh(article), by=desk.editor)
    first = Article.objects.order_by("pk")[0]
    desk.save(first, body=f"{BODY.format(number=0)}<p>Take {number}.</p>")
    notice = f"An earlier version of this story counted {number} takes."
    correcting.correct(desk.approve_again(first), by=desk.editor, notice=notice)
    norway = Entity.objects.filter(kind="country", slug="norway")
    fleet = Storyline.objects.first() or storylines.make_storyline(
        by=desk.editor, title="The fleet", is_public=True, entities=norway
    )
    storylines.add_story(fleet, desk.fresh(article), by=desk.editor)
    diary.save_entry(by=desk.editor, title=f"Vote {number}", days=read_days("2199"), is_public=True)
    return Representation.objects.select_related("section").get(article=first)


def _queries(client: Any, path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from articles.views.kept_pages import KEPT

    _answered(client.get(path), path)
    KEPT.clear()  # what is counted is the page made anew
    with CaptureQueriesContext(connection) as captured:
        _answered(client.get(path), path)
    return len(captured)


def _answered(response: Any, path: str) -> None:
    """Reads it to its end, for one that is streamed asks on the way. Raises RuntimeError where the page is not there:
    its count would say nothing."""
    b"".join(response)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code}")


if __name__ == "__main__":
    main()
