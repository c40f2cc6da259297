"""Two people have saved the same story: base, theirs and yours side by side, and a choice per field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from articles.admin.forms import CONTENT, ArticleForm, related_lines
from articles.admin.panel import loaded
from articles.block_merge import Merged, merge
from articles.marked_text import marked_text
from articles.models import Article, ArticleType, Author, Image, RelatedLink, Revision, Section
from articles.word_diff import Piece, compare

MINE, THEIRS, JOINED, HAND = "mine", "theirs", "joined", "hand"
LABELS = {"body": "Story", "may_syndicate": "Partners get it", "slug": "Address", "related": "Related news"}
# Fields of words, which a hand can write anew right on the page.
BY_HAND = frozenset({"headline", "slugline", "standfirst", "dateline", "slug", "source_name", "related"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two people left differently. `choice` is "" where only a person can decide.

    Of the body, `joined` is the automatic merge, and `joined_pieces` what it does to the common origin.
    """

    name: str
    label: str
    base: str
    theirs: list[Piece]
    mine: list[Piece]
    choice: str
    typed: str | None = None
    joined: Merged | None = None
    joined_pieces: tuple[Piece, ...] = ()

    @property
    def who(self) -> str:
        """mine, theirs or both: who changed it. Nobody else can have."""
        mine, theirs = (any(piece.kind != "same" for piece in pieces) for pieces in (self.mine, self.theirs))
        return "both" if mine == theirs else MINE if mine else THEIRS


def conflict_response(
    request: HttpRequest,
    form: ArticleForm,
    pk: int,
    *,
    context: dict[str, Any],
    tabs: list[str],
    status: int = HTTPStatus.CONFLICT,
) -> HttpResponse:
    """The page that compares what was typed with what was saved meanwhile. Carries every typed word along.

    `tabs` hold the same words unsaved, until they are saved from here.
    """
    article = loaded(pk)
    base_version = int(form["lock_version"].value() or 0)
    base = revision_at(article, base_version)
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
            "is_own": article.revision.created_by_id == request.user.pk,
            "base": base,
            "base_version": base_version,
            "differences": list(differences(article, form, base)),
            "carried": carried,
            "tabs": tabs,
        },
        status=status,
    )


def revision_at(article: Article, lock_version: int) -> Revision | None:
    """The revision that a page loaded at this lock version showed: every save raises both by one."""
    revision = article.revisions.filter(number=lock_version).select_related("created_by").first()
    return None if revision is None or revision.is_erased else revision


def differences(article: Article, form: ArticleForm, base: Revision | None) -> Iterator[Difference]:
    """The fields whose saved and typed states differ, with what each side did to the common origin."""
    assert article.revision is not None
    written = form.written(all_of_it=True)
    mine = readable(written)
    saved = readable_snapshot(article.revision)
    origin = readable_snapshot(base) if base else saved
    for name in CONTENT:
        if mine[name] == saved[name]:
            continue
        choice = _choice(origin[name], saved[name], mine[name])
        joined = merge(_body_of(base), article.body, written["body"]) if name == "body" and not choice else None
        yield Difference(
            name=name,
            label=LABELS.get(name) or str(form[name].label),
            base=origin[name],
            theirs=compare(origin[name], saved[name]),
            mine=compare(origin[name], mine[name]),
            # Different paragraphs of one story go together by themselves; a person still sees it and presses.
            choice=choice or (JOINED if joined and joined.is_clean else ""),
            typed=mine[name] if name in BY_HAND else None,
            joined=joined,
            joined_pieces=tuple(compare(origin[name], marked_text(joined.html))) if joined else (),
        )


def _body_of(revision: Revision | None) -> str:
    return str(revision.snapshot["body"]) if revision else ""


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
        if choice == HAND and name in BY_HAND:
            chosen[name] = data.get(f"hand-{name}", "")
        elif choice == JOINED and name == "body":
            chosen[name] = _joined_body(data, article)
        elif choice == THEIRS:
            _take_saved(chosen, name, standing[name].value())
    return chosen


def _joined_body(data: QueryDict, article: Article) -> str:
    began = data.get("base_version", "")
    base = revision_at(article, int(began)) if began.isdecimal() and len(began) < 10 else None
    return merge(_body_of(base), article.body, data.get("body", "")).html


def _take_saved(chosen: QueryDict, name: str, saved: Any) -> None:
    if isinstance(saved, list):
        chosen.setlist(name, [str(getattr(value, "pk", value)) for value in saved])
    elif isinstance(saved, bool):
        chosen.setlist(name, ["on"] if saved else [])
    else:
        chosen[name] = "" if saved is None else str(saved)


def readable(content: dict[str, Any]) -> dict[str, str]:
    """Each field of `save_revision`'s content in words; of the body, form is written out as well."""
    links = [
        RelatedLink(target=entry.get("target"), title=entry.get("title", ""), url=entry.get("url", ""))
        for entry in content["related"]
    ]
    words = {name: "" if content[name] is None else str(content[name]) for name in CONTENT}
    return words | {
        "body": marked_text(content["body"]),
        "type": str(ArticleType(content["type"]).label),
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
