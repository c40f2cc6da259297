"""Two people have saved the same story: base, theirs and yours side by side, and a choice per field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from articles.admin.forms import CONTENT, ArticleForm, related_lines
from articles.admin.panel import loaded
from articles.body import clean_body
from articles.models import Article, Author, Image, RelatedLink, Revision, Section
from articles.word_diff import Piece, compare

MINE, THEIRS, BOTH = "mine", "theirs", "both"
LABELS = {"body": "Story", "may_syndicate": "Partners get it", "slug": "Address", "related": "Related news"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two people left differently. `choice` is "" where only a person can decide."""

    name: str
    label: str
    base: str
    theirs: list[Piece]
    mine: list[Piece]
    choice: str

    @property
    def may_take_both(self) -> bool:
        return self.name == "body"


def conflict_response(request: HttpRequest, form: ArticleForm, pk: int, *, context: dict[str, Any]) -> HttpResponse:
    """The page that compares what was typed with what was saved meanwhile. Carries every typed word along."""
    article = loaded(pk)
    base = revision_at(article, int(form["lock_version"].value() or 0))
    carried = [
        (name, value)
        for name in form.fields
        if name != "lock_version"
        for value in form.data.getlist(form.add_prefix(name))
    ]
    return render(
        request,
        "admin/articles/article/conflict.html",
        context
        | {
            "title": f"Two versions of “{article}”",
            "article": article,
            "saved": article.revision,
            "base": base,
            "differences": list(differences(article, form, base)),
            "carried": carried,
        },
        status=409,
    )


def revision_at(article: Article, lock_version: int) -> Revision | None:
    """The revision that a page loaded at this lock version showed: every save raises both by one."""
    return article.revisions.filter(number=lock_version).first()


def differences(article: Article, form: ArticleForm, base: Revision | None) -> Iterator[Difference]:
    """The fields whose saved and typed states differ, with what each side did to the common origin."""
    assert article.revision is not None
    mine = readable(form.written(all_of_it=True))
    saved = readable_snapshot(article.revision)
    origin = readable_snapshot(base) if base else saved
    for name in CONTENT:
        if mine[name] == saved[name]:
            continue
        yield Difference(
            name=name,
            label=LABELS.get(name) or str(form[name].label),
            base=origin[name],
            theirs=compare(origin[name], saved[name]),
            mine=compare(origin[name], mine[name]),
            choice=_choice(origin[name], saved[name], mine[name]),
        )


def _choice(base: str, theirs: str, mine: str) -> str:
    """Who alone changed a field has it; where both did, nobody chooses for them."""
    if theirs == base:
        return MINE
    return THEIRS if mine == base else ""


def merged(data: QueryDict, article: Article) -> QueryDict:
    """The carried form data with the chosen side in each field, ready to be saved over the saved version."""
    chosen = data.copy()
    standing = ArticleForm(instance=article)
    for name in CONTENT:
        choice = data.get(f"choice-{name}", MINE)
        if choice == MINE:
            continue
        saved = standing[name].value()
        if choice == BOTH:
            chosen[name] = f"{saved}{data.get(name, '')}"
        elif isinstance(saved, list):
            chosen.setlist(name, [str(getattr(value, "pk", value)) for value in saved])
        elif isinstance(saved, bool):
            chosen.setlist(name, ["on"] if saved else [])
        else:
            chosen[name] = "" if saved is None else str(saved)
    return chosen


def readable(content: dict[str, Any]) -> dict[str, str]:
    """Each field of `save_revision`'s content in words."""
    links = [
        RelatedLink(target=entry.get("target"), title=entry.get("title", ""), url=entry.get("url", ""))
        for entry in content["related"]
    ]
    words = {name: "" if content[name] is None else str(content[name]) for name in CONTENT}
    return words | {
        "body": clean_body(content["body"]).text,
        "authors": ", ".join(author.name for author in content["authors"]),
        "related": related_lines(links),
        "may_syndicate": "yes" if content["may_syndicate"] else "no",
    }


def readable_snapshot(revision: Revision) -> dict[str, str]:
    """The same words from a revision's snapshot."""
    snapshot = revision.snapshot
    authors = Author.objects.in_bulk(snapshot["authors"])
    targets = Article.objects.in_bulk([entry["target"] for entry in snapshot["related"] if entry["target"]])
    return readable(
        {name: snapshot[name] for name in CONTENT}
        | {
            "section": Section.objects.filter(pk=snapshot["section"]).first(),
            "image": Image.objects.filter(pk=snapshot["image"]).first(),
            "authors": [authors[pk] for pk in snapshot["authors"] if pk in authors],
            "related": [{**entry, "target": targets.get(entry["target"])} for entry in snapshot["related"]],
        }
    )
