"""A corpus of hostile markup by every way in, and then every page that shows it: nothing may run, or be stored."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from articles import commenting, correcting, notifications, publishing, workflow
from articles.body import clean_body
from articles.models import Article, Edition, NewName, Quote, SavedList, Tag
from articles.preview_links import share_preview, token_of
from articles.story_files import UnreadableStory, read_story
from entities.models import Entity, Name
from tests.articles.admin.test_editing import form_of, page_of
from tests.browser.editing_page import edit, open_tab, save
from tests.browser.hostile_vectors import ADDRESSES, HANDLERS, VECTORS, WORDS

pytestmark = pytest.mark.browser

# No form takes U+0000: the vector with it is tried by itself.
ALL = "\n".join(f"<p>Words {number}.</p>{vector}" for number, vector in enumerate(VECTORS)).replace("\x00", "")
# A parser that may run nothing still tells the policy of every handler and style that it sees in what is pasted.
ONLY_SEEN = ("script-src-attr inline ", "style-src-attr inline ", "style-src-elem inline ", "base-uri ", "img-src ")
ELEMENTS = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "strong", "em", "a", "figure", "img", "figcaption", "br"}
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    **{leaf: {"data-block"} for leaf in ("p", "h2", "h3")},
}
SCHEMES = {"href": {"https", "http", "mailto", None}, "src": {"https", "http", None}}
# The parser's own frame around a fragment.
FRAME = {"html", "head", "body"}
LINKS = "[...document.querySelectorAll('a[href], area[href]')].map((a) => a.protocol)"


def dangers(html: str) -> list[str]:
    """Elements, attributes and addresses that a stored body must not hold, as a browser would read it."""
    found = []
    for node in LexborHTMLParser(html).css("*"):
        if node.tag in FRAME and not node.attributes:
            continue
        if node.tag not in ELEMENTS:
            found.append(f"<{node.tag}>")
        found += [f"{node.tag} {name}" for name in node.attributes if name not in ATTRIBUTES.get(node.tag, set())]
        for name, allowed in SCHEMES.items():
            address = node.attributes.get(name) or ""
            if scheme_of(address) not in allowed:
                found.append(f"{node.tag} {name}={address}")
    return found


def scheme_of(address: str) -> str | None:
    """As browsers see it: they take control characters and spaces off, and tabs and new lines out."""
    bare = re.sub(r"[\t\r\n]", "", address.lstrip("".join(map(chr, range(33)))))
    found = re.match(r"([a-z][a-z0-9+.-]*):", bare, re.IGNORECASE)
    return found[1].lower() if found else None


@pytest.fixture
def look(signed_in, editor):
    """Opens pages one after the other; each may run nothing, break no rule and lead to no script."""
    page = signed_in(editor)

    def open_all(addresses: dict[str, str]) -> dict[str, object]:
        found = {}
        for name, address in addresses.items():
            response = page.goto(address, wait_until="load")
            if name == "change":
                page.wait_for_selector(".is-ready .story")
                for tab in ("Proposals", "Comments", "About", "Desk"):
                    open_tab(page, tab)
            found[name] = (response.status, *harm(page))
        return found

    return open_all


SAFE = (None, [], [])


def harm(page) -> tuple[object, list[str], list[str]]:
    """What ran, what the policy refused, and addresses of the page that are scripts."""
    ran, violations, schemes = page.evaluate(f"[window.ran ?? null, window.violations ?? [], {LINKS}]")
    return ran, violations, sorted(set(schemes) - {"http:", "https:", "mailto:", "cid:"})


def all_safe(addresses: dict[str, str]) -> dict[str, object]:
    return dict.fromkeys(addresses, (200, *SAFE))


def pages_of(article: Article) -> dict[str, str]:
    """Every page of the desk that shows a story, and the pages around it."""
    admin = {
        name: reverse(f"admin:articles_article_{name}", args=[article.pk]) for name in ("change", "history", "compare")
    }
    admin["compare"] += "?from=1&to=2"
    admin["revision"] = reverse("admin:articles_article_revision", args=[article.pk, 1])
    if article.is_live:
        admin["withdraw"] = reverse("admin:articles_article_verb", args=[article.pk, "withdraw"])
    return admin | {"board": reverse("admin:index"), "list": reverse("admin:articles_article_changelist")}


def public_pages_of(article: Article) -> dict[str, str]:
    newest = Edition.objects.filter(article=article).latest("pk")
    address = newest.get_absolute_url()
    section = reverse("section", args=[newest.section.slug]) if newest.section else "/"
    return {"public": address, "versions": f"{address}versions/", "home": "/", "section": section}


def publish(article: Article, *, desk) -> Article:
    """Out to readers, without the pictures that are not the desk's: with them it is refused."""
    article = desk.save(article, body=re.sub(r"<img[^>]*>", "", article.body))
    workflow.submit(desk.fresh(article), by=desk.journalist)
    workflow.approve(desk.fresh(article), by=desk.editor)
    publishing.publish(desk.fresh(article), by=desk.editor)
    return desk.fresh(article)


def test_corpus_is_large_and_has_no_twins() -> None:
    assert len(VECTORS) == len(set(VECTORS)) >= 120


def test_danger_is_seen_in_what_nobody_cleaned() -> None:
    seen = [vector for vector in (*HANDLERS, *ADDRESSES) if dangers(vector)]

    assert len(seen) > 0.9 * len((*HANDLERS, *ADDRESSES))


def test_no_vector_is_stored_dangerous() -> None:
    found = {vector: dangers(clean_body(f"<p>Before.</p>{vector}<p>After.</p>").html) for vector in VECTORS}

    assert {vector: problems for vector, problems in found.items() if problems} == {}
    assert dangers(clean_body(ALL).html) == []


def test_no_vector_is_imported_dangerous() -> None:
    found = {}
    for vector in VECTORS:
        try:
            story = read_story(f"<h1>Fleet returns</h1><p>Before.</p>{vector}<p>After.</p>")
        except UnreadableStory:
            continue
        found[vector] = dangers(story.body)

    assert {vector: problems for vector, problems in found.items() if problems} == {}
    assert len(found) > len(VECTORS) * 0.9


@pytest.mark.parametrize("is_from_here", [False, True], ids=["from elsewhere", "as if from an editor"])
def test_nothing_pasted_runs(signed_in, journalist, desk, is_from_here: bool) -> None:
    """An editor's own clipboard says so by an attribute, which anybody can write."""
    article = desk.draft(body="<p>Begin.</p>")
    page = edit(signed_in(journalist), article)
    page.locator(".story").click()
    wrap = '<div data-pm-slice="1 1 []">{}</div>' if is_from_here else "{}"

    page.evaluate(
        """(all) => {
          const story = document.querySelector(".story")
          for (const html of all) {
            const clipboardData = new DataTransfer()
            clipboardData.setData("text/html", html)
            story.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
          }
        }""",
        [wrap.format(f"<p>Before.</p>{vector}") for vector in [*VECTORS, ALL]],
    )
    in_the_editor = page.evaluate(
        """[...document.querySelectorAll(".story script, .story iframe, .story svg, .story style, .story form")]
             .map((element) => element.outerHTML)"""
    )
    ran, refused, schemes = harm(page)
    page.evaluate("window.violations = []")
    save(page)

    stored = desk.fresh(article)
    assert (in_the_editor, ran, schemes) == ([], None, [])
    assert [violation for violation in refused if not violation.startswith(ONLY_SEEN)] == []
    assert harm(page) == SAFE
    assert dangers(stored.body) == []
    assert stored.body.count("Before.") >= len(VECTORS) * 0.9


def test_nothing_posted_as_the_body_runs_anywhere(look, desk) -> None:
    article = desk.draft()
    client = Client()
    client.force_login(desk.journalist)
    response = client.post(page_of(article), form_of(client, article, body=ALL))
    stored = desk.fresh(article).body
    link = share_preview(article, by=desk.editor)
    of_the_desk = pages_of(article) | {"shared preview": reverse("preview", args=[token_of(link)])}

    found = look(of_the_desk)
    of_readers = public_pages_of(publish(article, desk=desk))
    found |= look(of_readers)

    assert response.status_code == 302
    assert dangers(stored) == []
    # Some vectors swallow what comes after them, up to the next that ends it.
    assert stored.count("Words ") > len(VECTORS) / 2
    assert found == all_safe(of_the_desk | of_readers)


def test_nothing_imported_runs_anywhere(look, desk) -> None:
    client = Client()
    client.force_login(desk.journalist)
    client.post(reverse("admin:articles_article_from_text"), {"text": f"<h1>Fleet {WORDS[3]}</h1>{ALL}"})
    article = Article.objects.get()
    content = {"section": desk.section, "authors": [desk.author], "standfirst": "Why."}
    article = publish(desk.save(article, **content), desk=desk)
    addresses = pages_of(article) | public_pages_of(article)

    found = look(addresses)

    assert dangers(article.body) == []
    assert found == all_safe(addresses)


def words(length: int = 10_000) -> str:
    """As many hostile words as a field takes."""
    kept = ""
    for part in WORDS:
        kept = f"{kept} {part}" if len(kept) + len(part) < length else kept
    return kept.strip() or WORDS[0][:length]


@pytest.fixture
def hostile_desk(desk, editor):
    """A live story, and everything around it, in hostile words only."""
    article = desk.draft(
        words(240),
        standfirst=words(490),
        slugline=WORDS[0],
        dateline=WORDS[0],
        source_name=WORDS[0],
        body=f"<p>{' '.join(part.replace('<', '&lt;') for part in WORDS)}</p><p>“{WORDS[5]}” said Ana.</p>",
        related=[{"title": words(240)}, {"title": WORDS[0], "url": "https://example.org/"}],
    )
    entity = Entity.objects.create(kind="person", name=words(190), slug="hostile", summary=words(200))
    Name.objects.create(entity=entity, text=words(190))
    Tag.objects.create(article=article, entity=entity, score=0.9, is_accepted=True, reason=words(290))
    Quote.objects.create(
        article=article, revision=article.revision, text=WORDS[5], start=3, end=9, reason=words(290),
        speaker_name=words(190), speaker_role=words(190), speaker_as_written=words(190), medium=WORDS[0],
        verdict="confirmed", verdict_by=editor, verdict_at=article.saved_at,
    )  # fmt: skip
    NewName.objects.create(name=words(190), key=words(190), kind="person", story_count=1)
    SavedList.objects.create(owner=editor, name=WORDS[0][:40], query="q=x")
    commenting.comment(article, by=editor, text=f"@editor {words()}")
    for person in (editor, desk.journalist):
        person.first_name, person.last_name = WORDS[0], WORDS[3]
        person.save()
    notifications.notify([editor], article, words(250), kind="note")
    article = publish(article, desk=desk)
    article = desk.save(article, headline=words(200))
    desk.approve_again(article)
    correcting.correct(desk.fresh(article), by=editor, notice=words())
    return desk.fresh(article), entity


def test_nothing_in_plain_fields_runs_anywhere(look, hostile_desk) -> None:
    article, entity = hostile_desk
    lists = ("entities_entity", "entities_name", "articles_newname", "articles_notification")
    addresses = pages_of(article) | public_pages_of(article)
    addresses |= {name: reverse(f"admin:{name}_changelist") for name in lists}
    addresses |= {
        "entity": reverse("admin:entities_entity_change", args=[entity.pk]),
        "name": reverse("admin:entities_name_change", args=[entity.names.get().pk]),
        "new name": reverse("admin:articles_newname_change", args=[NewName.objects.get().pk]),
        "searched": reverse("admin:articles_article_changelist") + "?q=%22%3E%3Cimg src=x onerror=top.ran=1%3E",
        "quotes": reverse("quotes"),
        "public entity": reverse("entity", args=[entity.kind, entity.slug]),
    }

    found = look(addresses)

    assert found == all_safe(addresses)
