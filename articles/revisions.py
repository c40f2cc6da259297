"""Verbs of writing: create an article, save a revision, restore an earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from celery import current_app
from django.db import transaction
from django.utils import timezone

from articles import comment_anchors, quote_anchors
from articles.body import TEXT_VERSION, clean_body, clean_text
from articles.models import Article, Author, Byline, Image, RelatedLink, Revision, Section, TaggingRun
from articles.models.verdict import Origin
from articles.roles import has_permission, may_give_to_partners, require_edit
from articles.schedule import SCHEDULE_COLUMNS, take_off_schedule
from articles.states import GuardFailed, NotAllowed, StaleArticle, WorkState
from articles.story_files import MAXIMUM_BYTES, body_of_story
from articles.transitions import finish, lock, state_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class RelatedEntry(TypedDict, total=False):
    """A line of Related News as the editor wrote it: a story of ours, or a title with or without an address."""

    target: Article | None
    title: str
    url: str
    origin: str


class Content(TypedDict, total=False):
    """What may be written into an article; absent keys stay as they are."""

    type: str
    headline: str
    slug: str
    slugline: str
    standfirst: str
    body: str
    dateline: str
    language: str
    section: Section | None
    image: Image | None
    urgency: int | None
    may_syndicate: bool
    source_name: str
    authors: Sequence[Author]
    related: Sequence[RelatedEntry]


LINES = ("headline", "slugline", "standfirst", "dateline", "source_name")
COLUMNS = (
    *("type", "headline", "slug", "slugline", "standfirst", "body", "dateline", "language"),
    *("section", "image", "urgency", "may_syndicate", "source_name"),
)
# What is known of a story, not what is written in it: no earlier version of the text brings it back.
OF_RIGHTS = ("may_syndicate", "source_name")


@transaction.atomic
def create_article(
    *,
    by: User | None,
    note: str = "",
    import_fingerprint: str | None = None,
    **content: Unpack[Content],
) -> Article:
    """A new draft with its first revision. A person with an author page gets the byline.

    Raises:
        NotAllowed: the person may not write stories.
        GuardFailed: a text is longer than its field.
    """
    if by is not None and not has_permission(by, "write_article"):
        raise NotAllowed("You may not write stories: ask the chief for the Reporter role.")
    article = Article.objects.create(created_by=by, import_fingerprint=import_fingerprint)
    if "authors" not in content and by is not None:
        content["authors"] = list(Author.objects.filter(user=by))
    _write(article, content)
    _append_revision(article, by=by, note=note)
    return article


@transaction.atomic
def save_revision(
    article: Article,
    *,
    expected_version: int,
    by: User | None,
    note: str = "",
    **content: Unpack[Content],
) -> Revision:
    """Save what was written, as a new revision; the newest one where nothing differs.

    `expected_version` is the `lock_version` of the copy that was edited. Content that changes under an
    approval takes it back (and the story off the schedule); proposals are made anew by a task.

    Raises:
        StaleArticle: somebody saved in between; nothing was written.
        NotAllowed: the person may not edit this story, or not give it to partners again.
        GuardFailed: the story was killed or spiked, or a text is longer than its field.
    """
    locked = lock(article)
    if by is not None:
        require_edit(locked, by)
    if locked.is_closed:
        raise GuardFailed(f"“{locked}” is {locked.get_pub_state_display()} and can no longer be edited.")
    if locked.lock_version != expected_version:
        raise StaleArticle(
            f"Somebody saved “{locked}” while you were writing. Nothing is lost: compare both texts and choose.",
            expected=expected_version,
            found=locked.lock_version,
        )
    if by is not None and content.get("may_syndicate"):
        _require_syndicating(locked, by=by)
    linked = snapshot_of(locked)["related"] if "related" in content else None
    _write(locked, content)
    newest = locked.newest_revision
    written = snapshot_of(locked)
    # Links that came in after their story stand in no revision; one that takes them out says so, one that leaves them
    # as they are does not.
    is_linked_anew = linked is not None and linked != written["related"]
    if not is_linked_anew and written | {"related": newest.snapshot["related"]} == newest.snapshot:
        return newest
    revision = _append_revision(locked, by=by, note=note)
    if locked.work_state == WorkState.APPROVED:
        _reopen(locked, by=by)
    return revision


def restore_revision(revision: Revision, *, expected_version: int, by: User) -> Revision:
    """Make an earlier revision the newest again, as a new one. Verdicts stay as they are, and so does what is known of
    rights since: whose words these are, and whether partners get them.
    """
    if revision.is_erased:
        raise GuardFailed(
            f"The text of revision {revision.number} was destroyed on an order: there is nothing to restore."
        )
    snapshot = revision.snapshot
    restored = [name for name in COLUMNS if name not in ("section", "image", *OF_RIGHTS)]
    content: dict[str, Any] = {name: snapshot[name] for name in restored}
    content["section"] = Section.objects.filter(pk=snapshot["section"]).first()
    content["image"] = Image.objects.filter(pk=snapshot["image"]).first()
    authors = Author.objects.in_bulk(snapshot["authors"])
    content["authors"] = [authors[pk] for pk in snapshot["authors"] if pk in authors]
    targets = Article.objects.in_bulk([entry["target"] for entry in snapshot["related"] if entry["target"]])
    content["related"] = [{**entry, "target": targets.get(entry["target"])} for entry in snapshot["related"]]
    note = f"Restored revision {revision.number}"
    return save_revision(revision.article, expected_version=expected_version, by=by, note=note, **content)


def snapshot_of(article: Article) -> dict[str, Any]:
    """All that was written, as JSON: columns, bylines and the editor's links. No verdicts, no states."""
    columns = {name: getattr(article, name) for name in COLUMNS if name not in ("section", "image")}
    return columns | {
        "section": article.section_id,
        "image": article.image_id,
        "authors": list(article.bylines.order_by("ordinal", "id").values_list("author_id", flat=True)),
        "related": [
            {"target": link.target_id, "title": link.title, "url": link.url, "origin": link.origin}
            for link in article.related_links.editorial().order_by("ordinal", "id")
        ],
    }


def _require_syndicating(article: Article, *, by: User) -> None:
    if not may_give_to_partners(article, by):
        raise NotAllowed(
            f"Partners do not get “{article}”, and only an editor may change that. Nothing was saved: untick “Partners "
            "get it” and save again, or ask an editor."
        )


def _write(article: Article, content: Content) -> None:
    for name in COLUMNS:
        if name in content:
            setattr(article, name, _cleaned(name, content[name]))  # type: ignore[literal-required]
    _refuse_overlong(article)
    article.save(update_fields=list(COLUMNS))
    if "authors" in content:
        _write_bylines(article, content["authors"])
    if "related" in content:
        _write_links(article, content["related"])


def _cleaned(name: str, value: Any) -> Any:
    if name == "body":
        return _cleaned_body(value)
    return clean_text(value) if name in LINES else value


def _cleaned_body(html: str) -> str:
    """A body as it is kept."""
    body = body_of_story(html)
    if body is None:
        raise GuardFailed(
            f"The text is larger than {MAXIMUM_BYTES // 2**20} MB, which no story is. Nothing was saved: make several "
            "stories of it, or take out what was pasted by mistake."
        )
    return body.html


def _refuse_overlong(article: Article) -> None:
    texts = [field for field in Article._meta.fields if field.name in (*LINES, "slug")]
    for field in texts:
        length, most = len(getattr(article, field.name)), field.max_length or 0
        if length > most:
            raise GuardFailed(
                f"The {field.verbose_name} has {length} characters; {most} is the most. Nothing was saved: shorten it."
            )


def _write_bylines(article: Article, authors: Sequence[Author]) -> None:
    wanted = list(dict.fromkeys(author.pk for author in authors))
    standing = list(article.bylines.order_by("ordinal", "id").values_list("author_id", flat=True))
    if wanted == standing:
        return
    article.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(article=article, author_id=pk, ordinal=ordinal) for ordinal, pk in enumerate(wanted)
    )


def _write_links(article: Article, entries: Sequence[RelatedEntry]) -> None:
    """Replace the editor's links. A story that the machine had proposed and the editor now links is the editor's."""
    article.related_links.editorial().delete()
    targets: set[int] = set()
    links: list[RelatedLink] = []
    for entry in entries:
        target = entry.get("target")
        if target is not None and (target.pk in targets or target.pk == article.pk):
            continue
        if target is not None:
            targets.add(target.pk)
        links.append(
            RelatedLink(
                article=article,
                ordinal=len(links),
                target=target,
                title=clean_text(entry.get("title", ""))[:300],
                url=entry.get("url", ""),
                origin=entry.get("origin") or Origin.PERSON,
            )
        )
    article.related_links.filter(target__in=targets).delete()
    RelatedLink.objects.bulk_create(link for link in links if link.target_id or link.title)


def _append_revision(article: Article, *, by: User | None, note: str) -> Revision:
    body = clean_body(article.body)
    newest = article.revisions.order_by("-number").first()
    revision = Revision.objects.create(
        article=article,
        number=newest.number + 1 if newest else 1,
        snapshot=snapshot_of(article),
        text=body.text,
        text_version=TEXT_VERSION,
        text_sha256=body.text_sha256,
        blocks=list(body.blocks),
        note=note[:200],
        created_by=by,
    )
    article.revision = revision
    article.lock_version += 1
    article.saved_at = timezone.now()
    article.save(update_fields=["revision", "lock_version", "saved_at"])
    quote_anchors.follow(article, revision)
    comment_anchors.follow(article, revision)
    _tag_on_commit(revision)
    return revision


def _tag_on_commit(revision: Revision) -> None:
    """Ask for the tagging of a revision. When the broker does not answer, the save stands and the sweeper finds it.

    An import that tags in its own transaction sends nothing: its message would only stand in the way of others.
    """

    # A function with a name, not a partial: Django names the robust callback that failed.
    def send() -> None:
        if TaggingRun.objects.filter(revision=revision, status=TaggingRun.Status.FINISHED).exists():
            return
        current_app.send_task("articles.tag_revision", args=[revision.pk])

    transaction.on_commit(send, robust=True)


def _reopen(article: Article, *, by: User | None) -> None:
    """The automatic transition of an edit after approval."""
    before = state_of(article)
    article.work_state = WorkState.DRAFT
    take_off_schedule(article, by=by, because=f"{by or 'an import'} edited it.")
    finish(
        article,
        "reopen",
        before,
        by=by,
        fields=SCHEDULE_COLUMNS,
        reason="The text changed after its approval.",
    )
