"""A story of an archive is linked to what came in after it, where nobody has touched it since."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from articles import archive, publishing, suggestions, workflow
from articles.archive.links import link_arrived
from articles.models import Article, RelatedLink, Representation
from articles.models.verdict import Origin
from articles.revisions import StaleArticle, save_revision
from tests.articles.archive.test_batches import plain

pytestmark = pytest.mark.django_db

COMMAND = "articles.management.commands.import_archive"


@pytest.fixture
def bring(desk, section, tmp_path: Path):
    """Runs the command over these lines; what it wrote on standard output."""

    def run(lines: list[str], *options: str) -> list[str]:
        file = tmp_path / "archive.jsonl"
        file.write_text("\n".join(lines))
        out = StringIO()
        call_command("import_archive", str(file), "--source=old", *options, stdout=out)
        return out.getvalue().splitlines()

    return run


def story(number: int) -> Article:
    return Article.objects.get(external_id=f"old/wp-{number}")


def links() -> list[tuple[str, str]]:
    rows = RelatedLink.objects.order_by("article__external_id", "ordinal").values_list(
        "article__external_id", "target__external_id"
    )
    return [(article.removeprefix("old/"), target.removeprefix("old/")) for article, target in rows]


def publish_again(desk, article: Article) -> None:
    workflow.submit(desk.save(article, by=desk.chief, body=article.body + "<p>Later.</p>"), by=desk.chief)
    workflow.approve(desk.fresh(article), by=desk.editor)
    publishing.publish_update(desk.fresh(article), by=desk.editor)


def test_a_link_to_a_story_further_on_is_public_with_the_next_version(bring, desk):
    lines = [plain(1, related=["wp-3", "wp-9", "wp-2", "wp-1"]), plain(2, related=["wp-1"]), plain(3)]

    said = bring(lines)
    before = list(Representation.objects.order_by("pk").values_list("json", flat=True))
    again = bring(lines)
    publish_again(desk, story(1))

    assert said[:2] == [
        "Imported 3 stories; 0 were here already. Left out 1 link to stories that are not here.",
        "Added 2 links to stories that came in later: readers see them with the next version.",
    ]
    assert again[0] == "Imported 0 stories; 3 were here already."
    assert not any("Added" in line for line in again)
    assert links() == [("wp-1", "wp-3"), ("wp-1", "wp-2"), ("wp-2", "wp-1")]
    assert b"wp-3" not in bytes(before[0])
    document = Client().get(f"/api/v1/articles/{story(1).uuid}").json()
    assert [entry["headline"] for entry in document["related"]] == [story(3).headline, story(2).headline]


def test_a_run_that_was_killed_before_its_links_adds_them_when_started_again(bring, monkeypatch):
    lines = [plain(1, related=["wp-2"]), plain(2)]

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(archive.links, "link_arrived", killed)
        with pytest.raises(KeyboardInterrupt):
            bring(lines)
    before = links()
    said = bring(lines)

    assert (before, links()) == ([], [("wp-1", "wp-2")])
    assert said[1].startswith("Added 1 link to stories that came in later")


@pytest.mark.parametrize("shares", [["1/2", "2/2", "1/2"], ["2/2", "1/2", "2/2"]])
def test_the_same_once_more_links_what_shares_were_too_fast_for(bring, monkeypatch, shares):
    monkeypatch.setattr(f"{COMMAND}.BATCH", 1)
    lines = [plain(1, related=["wp-2"]), plain(2, related=["wp-1"])]

    for share in shares:
        bring(lines, f"--share={share}")

    assert links() == [("wp-1", "wp-2"), ("wp-2", "wp-1")]


def test_what_a_person_took_out_stays_out(bring, desk):
    lines = [plain(1, related=["wp-2"]), plain(2), plain(3, related=["wp-1"])]
    bring(lines)
    for number in (1, 3):
        desk.save(story(number), by=desk.chief, related=[])

    bring(lines)

    assert links() == []
    assert [story(number).revisions.count() for number in (1, 2, 3)] == [2, 1, 2]


def test_a_save_that_leaves_the_links_as_they_are_takes_no_approval_back(bring, desk):
    lines = [plain(1, related=["wp-2"]), plain(2)]
    bring(lines)
    article = story(1)

    kept = [{"target": story(2), "title": "", "url": "", "origin": Origin.IMPORT}]
    for content in ({}, {"related": kept}):
        desk.save(story(1), by=desk.chief, **content)

    assert (story(1).revisions.count(), story(1).work_state) == (1, article.work_state)
    assert links() == [("wp-1", "wp-2")]


def test_a_page_opened_before_the_links_came_writes_nothing_over_them(bring, desk):
    bring([plain(1, related=["wp-2"])])
    opened = story(1)
    bring([plain(1, related=["wp-2"]), plain(2)])

    with pytest.raises(StaleArticle):
        save_revision(opened, expected_version=opened.lock_version, by=desk.chief, related=[])

    assert links() == [("wp-1", "wp-2")]


def test_a_line_that_has_other_words_by_now_links_nothing(bring):
    bring([plain(1), plain(2)])

    bring([plain(1, body="<p>Quite other words.</p>", related=["wp-2"])])

    assert links() == []


@pytest.mark.parametrize("state", ["killed", "withdrawn"])
def test_what_was_taken_down_is_neither_linked_nor_links(bring, desk, state):
    bring([plain(1), plain(2)])
    if state == "killed":
        desk.kill(story(1))
    else:
        publishing.withdraw(story(1), by=desk.chief, reason="Under review.")

    linked = link_arrived({"wp-1": ["wp-2"], "wp-2": ["wp-1"]}, source="old")

    assert (linked.total(), links()) == (0, [])


def test_a_proposal_of_the_machine_gives_way_and_a_verdict_stands(bring, desk):
    bring([plain(1), plain(2), plain(3)])
    for number in (2, 3):
        RelatedLink.objects.create(article=story(1), target=story(number), origin=Origin.MACHINE)
    suggestions.reject(RelatedLink.objects.get(target=story(3)), by=desk.editor)

    linked = link_arrived({"wp-1": ["wp-2", "wp-3"]}, source="old")

    assert linked == {"wp-1": 1}
    rows = RelatedLink.objects.order_by("target__external_id").values_list("target__external_id", "origin", "verdict")
    assert list(rows) == [("old/wp-2", "import", "proposed"), ("old/wp-3", "machine", "rejected")]


@pytest.mark.parametrize("count", [1, 3])
def test_where_no_link_is_missing_it_costs_the_same_however_many(bring, django_assert_num_queries, count):
    bring([plain(0), *(plain(number, related=["wp-0"]) for number in range(1, count + 1))])

    # The savepoint's two among them.
    with django_assert_num_queries(5):
        linked = link_arrived({f"wp-{number}": ["wp-0"] for number in range(1, count + 1)}, source="old")

    assert not linked
