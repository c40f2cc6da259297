"""Nothing that is not public stands on any page. First comes what could leak, then every address is read."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing, suggestions
from articles.models import Article, PublicAddress, Quote
from entities.models import Entity

SECRET = "Zanzibar"
WORDS = f"the {SECRET} convoy leaves on Friday"


def secret(desk, norway):
    """A draft in which every public field holds the secret, with a confirmed quotation and a tag."""
    article = desk.draft(
        f"{SECRET} convoy",
        slug="convoy",
        standfirst=f"It goes to {SECRET}.",
        body=f"<p>The general said “{WORDS}”.</p>",
        dateline=SECRET.upper(),
    )
    start = article.revision.text.index(WORDS)
    suggestions.add_quote(article, start=start, end=start + len(WORDS), by=desk.editor, speaker_name="General Sample")
    suggestions.add_tag(article, norway, by=desk.editor, role="about")
    return article


def clean(desk, article):
    """Save the story without the secret."""
    harmless = {"headline": "Convoy", "standfirst": "It goes.", "body": "<p>Nothing more.</p>", "dateline": ""}
    desk.save(article, **harmless)
    suggestions.reject(article.quotes.get(), by=desk.editor)


def draft(desk, article):
    """Stays as it is."""


def embargoed(desk, article):
    desk.approve_again(article)
    Article.objects.filter(pk=article.pk).update(embargo_until=timezone.now() + timedelta(days=1))


def scheduled(desk, article):
    publishing.schedule(desk.approve_again(article), by=desk.editor, publish_at=timezone.now() + timedelta(hours=1))


def withdrawn(desk, article):
    publishing.publish(desk.approve_again(article), by=desk.editor)
    publishing.withdraw(article, by=desk.editor, reason="Too early.")


def killed(desk, article):
    publishing.publish(desk.approve_again(article), by=desk.editor)
    desk.kill(desk.fresh(article))


def sealed(desk, article):
    """Corrected, with the earlier edition sealed; the quotation and the name are gone from the new one."""
    publishing.publish(desk.approve_again(article), by=desk.editor)
    clean(desk, article)
    desk.approve_again(desk.fresh(article))
    publishing.correct(desk.fresh(article), by=desk.editor, notice="We said too much.", seal=True)


def edited_after_publication(desk, article):
    """Live with harmless words, while the working copy holds the secret."""
    written = {name: getattr(article, name) for name in ("headline", "standfirst", "body", "dateline")}
    clean(desk, article)
    publishing.publish(desk.approve_again(desk.fresh(article)), by=desk.editor)
    desk.save(article, **written)


def addresses():
    """Every public address there is, of everything in the database."""
    entities = [entity.get_absolute_url() for entity in Entity.objects.all()]
    stories = [f"/news/{path}/" for path in PublicAddress.objects.values_list("path", flat=True)]
    guessed = [f"/news/{timezone.now():%Y/%m}/convoy/"]
    stories += [
        f"{story}versions/{rest}" for story in stories for rest in ("", "1/", "2/", "2/changes/", "3/changes/?since=1")
    ]
    quotes = [f"/quotes/{uuid}/" for uuid in Quote.objects.values_list("uuid", flat=True)]
    reports = [
        f"/report/{uuid}/{rest}" for uuid in Article.objects.values_list("uuid", flat=True) for rest in ("", "thanks/")
    ]
    lists = ["/", "/sections/sea/", "/countries/", "/quotes/", "/authors/", "/authors/ana-sample/", "/corrections/"]
    filtered = ["/quotes/?speaker=General+Sample", "/quotes/?country=NO", f"/quotes/?q={SECRET}", "/quotes/?q=convoy"]
    filtered += ["/quotes/export.csv", "/quotes/export.json", f"/search/?q={SECRET}", "/search/?q=convoy"]
    filtered += ["/search/?country=NO", f"/search/suggest?q={SECRET}", "/search/suggest?q=norway"]
    return {*entities, *stories, *guessed, *quotes, *reports, *lists, *filtered, "/about/"}


def read(client, address):
    """The page without its search boxes, which say again what was asked."""
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return re.sub(r'<input[^>]*>|<ul class="active-filters".*?</ul>', "", body.decode(), flags=re.DOTALL)


@pytest.mark.parametrize("fate", [draft, embargoed, scheduled, withdrawn, killed, sealed, edited_after_publication])
def test_nothing_leaks_on_any_page(client, desk, norway, fate):
    fate(desk, secret(desk, norway))
    neighbour = desk.draft("Harmless", related=[{"target": Article.objects.get(slug="convoy")}])
    publishing.publish(desk.approve_again(neighbour), by=desk.editor)

    leaking = [address for address in addresses() if SECRET.lower() in read(client, address).lower()]

    assert leaking == []


def test_the_secret_would_be_seen_were_it_public(client, desk, norway):
    publishing.publish(desk.approve_again(secret(desk, norway)), by=desk.editor)

    seeing = [address for address in addresses() if SECRET in read(client, address)]

    assert {"/", "/sections/sea/", "/quotes/", "/countries/norway/", "/authors/ana-sample/"} <= set(seeing)
    assert {"/quotes/export.csv", "/quotes/export.json", "/quotes/?q=convoy", "/search/?q=convoy"} <= set(seeing)
