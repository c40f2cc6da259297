"""`python -m tests.bench.desk`: what the desk's own work costs beside so many stories, as one line of JSON.

In a process of its own with the settings of the desk, on the database of DATABASE_URL. Milliseconds are of CPU, of this
process and of its connection's in PostgreSQL together.
"""

from __future__ import annotations

import io
import json
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.evals.related_speed import SAMPLE, WARM_UP, start_django

PUBLISHED, VISIBLE, TAGGED, LOADED, TIMES = 20, 5, 200, 200, 12
Figures = Iterator[tuple[str, float]]


def main() -> None:
    warnings.filterwarnings("ignore", "No directory at:", UserWarning)
    start_django()
    found = {}
    for name, value in figures():
        sys.stderr.write(f"{name} {value:.2f}\n")
        found[name] = value
    sys.stdout.write(json.dumps(found) + "\n")


def figures() -> Figures:
    from tests.desk_audit.big_story import cast
    from tests.desk_audit.tagging import save_to_proposals

    desk = cast()
    yield from related()
    yield from tagging()
    yield from loading()
    yield from publishing(desk)
    yield from admin(desk)
    yield from worker_memory()
    yield from save_to_proposals(desk)


def related() -> Figures:
    """Related news for stories of the corpus that are not in the archive."""
    from articles.related_stories import closest_stories
    from tests.evals.related_corpus import story_in_hand

    # Numbers that no run imports.
    stories = [story_in_hand(2_000_000 + number) for number in range(SAMPLE)]
    for story in stories[:WARM_UP]:
        closest_stories(story)
    spent = []
    for story in stories:
        began = time.perf_counter()
        closest_stories(story)
        spent.append(1000 * (time.perf_counter() - began))
    yield "related_ms", statistics.median(spent)
    yield "related_p95_ms", statistics.quantiles(spent, n=20)[-1]


def tagging() -> Figures:
    """CPU that the tagger takes for a story of the archive, proposals written."""
    from articles import proposing
    from articles.models import Article

    articles = Article.objects.exclude(external_id=None).order_by("-pk")[:TAGGED]
    numbers = list(articles.values_list("revision_id", flat=True))

    def tag(revisions: list[int]) -> None:
        for number in revisions:
            # They came with their tags, and so count as read.
            assert proposing.suggest(number, again=True) is not None

    tag(numbers[:1])
    yield "tagging_cpu_ms", _cpu(lambda: tag(numbers[1:])) / (len(numbers) - 1)


def loading() -> Figures:
    """Stories of an archive that come as text alone: drafts, with all proposals, as `analyse --load` makes them."""
    from articles.loading import Loaded
    from articles.management.commands.analyse import load
    from tests.bench.synthetic import corpus

    # Numbers that no run imports.
    stories = (corpus().article(3_000_000 + number) for number in range(LOADED))
    lines = [
        json.dumps({"id": f"bench-{story['id']}", "title": story["headline"], "text": _text(story)})
        for story in stories
    ]
    source = io.BytesIO("\n".join(lines).encode())
    found: list[Any] = []
    spent = _cpu(lambda: found.append(load(source, errors=sys.stderr)))
    counted, skipped = found[0]
    assert (counted[Loaded.NEW], skipped) == (LOADED, 0), (counted, skipped)
    yield "load_tagged_a_second_a_core", LOADED / spent * 1000


def _text(story: dict[str, Any]) -> str:
    """As an agency would send it: a paragraph a line, words said in quotation marks."""
    return "\n\n".join(
        f"“{block['text']}” said {block['speaker']}." if block["type"] == "quote" else block["text"]
        for block in story["blocks"]
    )


def publishing(desk: Any) -> Figures:
    """A first publication with tags, a quotation and related stories: queries, and milliseconds of CPU."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from articles import publishing as verbs

    stories = [_approved(desk, number) for number in range(PUBLISHED + 1)]
    late = [_is_shown_late(_approved(desk, PUBLISHED + 1 + number), desk) for number in range(VISIBLE)]
    with CaptureQueriesContext(connection) as captured:
        verbs.publish(stories[0], by=desk.editor)
    yield "publish_queries", len(captured)
    yield (
        "publish_cpu_ms",
        statistics.median(_cpu(lambda story=story: verbs.publish(story, by=desk.editor)) for story in stories[1:]),
    )
    yield "published_and_not_visible_at_once", sum(late)


def _is_shown_late(story: Any, desk: Any) -> bool:
    """Whether a reader who asked before the publication, so that whatever keeps answers has kept them, does not get the
    story right after it: in the API, on the front page and among the newest."""
    from django.test import Client

    from articles import publishing as verbs

    reader = Client(SERVER_NAME="127.0.0.1")
    headline = story.revision.headline
    lists = ("/", "/api/v1/articles?page_size=20")
    before = [reader.get(path).content.decode() for path in lists]
    own = f"/api/v1/articles/{story.uuid}"
    assert reader.get(own).status_code == 404
    assert not any(headline in answer for answer in before)
    verbs.publish(story, by=desk.editor)
    after = [reader.get(path).content.decode() for path in lists]
    return reader.get(own).status_code != 200 or not all(headline in answer for answer in after)


def _approved(desk: Any, number: int) -> Any:
    from articles import suggestions
    from articles.models import Article
    from entities.models import Entity, Kind

    words = f"We will hold the strait for {number} days"
    links = [{"target": target} for target in Article.objects.filter(version__gte=1).order_by("-pk")[:3]]
    body = f"<p>“{words},” the admiral said.</p>" + "<p>Ships waited for the fog to lift, and for the tugs.</p>" * 40
    story = desk.draft(f"Bench story {number}", body=body, related=links)
    suggestions.add_quote(story, start=1, end=1 + len(words), by=desk.editor, speaker_name="The admiral")
    for entity in Entity.objects.filter(kind=Kind.COUNTRY)[:5]:
        suggestions.add_tag(story, entity, by=desk.editor)
    return desk.approve_again(story)


def admin(desk: Any) -> Figures:
    """The list of stories, the editing page of a large story, the board, and a save of that story."""
    from tests.desk_audit.big_story import form_of, write_big_story
    from tests.desk_audit.costs import BOARD, JSON, LIST, answered, page_of, queries, signed_in

    editor, writer = signed_in(desk.editor), signed_in(desk.journalist)
    article = write_big_story(desk)
    asks: dict[str, Callable[[], Any]] = {
        "story_list": lambda: editor.get(LIST),
        "edit_page": lambda: writer.get(page_of(article)),
        "board": lambda: editor.get(BOARD),
    }

    def save() -> Any:
        fresh = desk.fresh(article)
        form = form_of(fresh, body=f"{fresh.body}<p>Take {fresh.lock_version} ends here.</p>")
        return lambda: writer.post(
            page_of(article), form | {"tab": "bench", "typed_by": desk.journalist.pk}, headers=JSON
        )

    for name, ask in asks.items():
        answered(ask())
        yield f"{name}_queries", queries(ask)
        yield f"{name}_cpu_ms", statistics.median(_cpu(lambda ask=ask: answered(ask())) for _ in range(TIMES))
    yield "save_queries", queries(save())
    saves = (save() for _ in range(TIMES))
    yield "save_cpu_ms", statistics.median(_cpu(lambda ask=ask: answered(ask())) for ask in saves)


def worker_memory() -> Figures:
    """Of a worker that has tagged some stories: proportional set size of the processes that tag, and of these with
    their parent, in megabytes; as `servers.memory_mb` counts the web server's."""
    import psutil
    from celery import current_app
    from django.db import connection

    from articles.models import Article, TaggingRun
    from newsroom import broker
    from tests.services import CeleryWorker, wait_until

    broker.purge(connection)
    again = list(Article.objects.exclude(external_id=None).order_by("pk").values_list("revision_id", flat=True)[:40])
    TaggingRun.objects.filter(revision__in=again).delete()
    with tempfile.TemporaryDirectory(prefix="newsroom-") as folder:
        worker = CeleryWorker(Path(folder) / "worker.log").start()
        try:
            for number in again:
                current_app.send_task("articles.tag_revision", args=[number])
            done = TaggingRun.objects.filter(revision__in=again, status=TaggingRun.Status.FINISHED)
            wait_until(lambda: done.count() == len(again), what="forty stories are tagged", seconds=180)
            root = psutil.Process(worker.process.pid)
            tagging = sum(process.memory_full_info().pss for process in root.children(recursive=True)) / 1e6
            yield "tagging_worker_memory_mb", tagging
            yield "tagging_worker_with_parent_memory_mb", tagging + root.memory_full_info().pss / 1e6
        finally:
            worker.stop()


def _cpu(act: Callable[[], Any]) -> float:
    """Milliseconds of this process and of its connection's in PostgreSQL."""
    from django.db import connection

    connection.ensure_connection()
    schedule = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    python, database = time.process_time(), int(schedule.read_text().split()[0])
    act()
    return 1000 * (time.process_time() - python) + (int(schedule.read_text().split()[0]) - database) / 1e6


if __name__ == "__main__":
    main()
