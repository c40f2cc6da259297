"""The lists that the desk works from: whose stories wait where. Each returns a QuerySet, of articles but for one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from articles.counting import MOST
from articles.day_precision import Precision
from articles.gathering import is_among
from articles.models import (
    Article,
    Byline,
    Comment,
    CommentNotice,
    CommentThread,
    DiaryEntry,
    ErrorReport,
    Quote,
    Representation,
    Sitting,
    Tag,
    TaggingRun,
)
from articles.models.article import WITH_WRITER
from articles.models.verdict import Verdict
from articles.roles import has_permission
from articles.states import PubState, WorkState

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Of the diary, what the board shows.
COMING = timedelta(days=14)
FINAL = (PubState.KILLED, PubState.SPIKED)
# Ten times what the board counts: of those that are killed or spiked, nothing is asked any more.
MOST_GATHERED = 10 * MOST
# Columns that hold whole texts.
WORDY = (
    *("body", "edition__html", "edition__text", "edition__blocks"),
    *("revision__snapshot", "revision__text", "revision__blocks"),
)


def for_display(articles: QuerySet[Article]) -> QuerySet[Article]:
    """With all that a line of a list shows, in one query, and without the words of the stories.

    `authors_named` are the names under the headline, in their order; `people_there` those who have it open.
    """
    related = articles.select_related("section", "assigned_to", "revision__created_by", "scheduled_by", "edition")
    names = Byline.objects.filter(article=OuterRef("pk")).order_by().values("article")
    named = names.annotate(names=StringAgg("author__name", ", ", order_by=("ordinal", "id"))).values("names")
    return (
        with_proposals_left(related)
        .annotate(authors_named=Coalesce(Subquery(named), Value("", TextField())), people_there=_people_there())
        .defer(*WORDY)
    )


def _people_there() -> Coalesce:
    """The names of those who have a story open now, as colleagues call them."""
    name = Coalesce(NullIf("user__first_name", Value("")), "user__username")
    there = Sitting.objects.present().filter(article=OuterRef("pk")).order_by().values("article")
    names = there.annotate(names=StringAgg(name, ", ", distinct=True)).values("names")
    return Coalesce(Subquery(names), Value("", TextField()))


def with_proposals_left(articles: QuerySet[Article]) -> QuerySet[Article]:
    """With `proposals_left`: tags and quotations of the tagger that nobody has decided."""
    quotes, tags = _undecided()
    return articles.annotate(proposals_left=_count(quotes) + _count(tags))


def own(user: User) -> QuerySet[Article]:
    """Begun by, assigned to, or carrying the byline of the person."""
    byline = Byline.objects.filter(article=OuterRef("pk"), author__user=user)
    return Article.objects.filter(Q(created_by=user) | Q(assigned_to=user) | Exists(byline))


def _ids_of_own(user: User) -> QuerySet:
    """The same as `own`, each found by an index."""
    stories = Article.objects.order_by()
    signed = Byline.objects.filter(author__user=user).order_by().values("article")
    return stories.filter(created_by=user).values("pk").union(stories.filter(assigned_to=user).values("pk"), signed)


def drafts_of(user: User) -> QuerySet[Article]:
    return own(user).filter(work_state=WorkState.DRAFT).exclude(pub_state__in=FINAL)


def other_drafts_of(user: User) -> QuerySet[Article]:
    """Without what is assigned to the person, which has its own list."""
    return drafts_of(user).exclude(assigned_to=user)


def changes_requested_of(user: User) -> QuerySet[Article]:
    return own(user).filter(work_state=WorkState.CHANGES_REQUESTED).exclude(pub_state__in=FINAL)


def assigned_to(user: User) -> QuerySet[Article]:
    """What the person is to write, the first due first; without what changes are asked of, which has its own list."""
    mine = Article.objects.filter(assigned_to=user).exclude(pub_state__in=FINAL)
    waiting = mine.exclude(work_state__in=(WorkState.APPROVED, WorkState.CHANGES_REQUESTED))
    return waiting.order_by(F("due_at").asc(nulls_last=True), "-priority", "pk")


def with_writer(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Those that their writer still has in hand; a live one only with a due time after what readers see of it."""
    open_ones = articles.filter(work_state__in=WITH_WRITER).exclude(pub_state__in=FINAL)
    return open_ones.exclude(pub_state=PubState.LIVE, updated_at__gte=F("due_at"))


def overdue(articles: QuerySet[Article]) -> QuerySet[Article]:
    """The rule of `Article.is_overdue`, for many."""
    return with_writer(articles).filter(due_at__lt=timezone.now())


def in_review() -> QuerySet[Article]:
    """The most wanted first, and of these the longest waiting."""
    waiting = Article.objects.filter(work_state=WorkState.IN_REVIEW).exclude(pub_state__in=FINAL)
    return waiting.order_by("-priority", "saved_at", "pk")


def ready_to_publish() -> QuerySet[Article]:
    """Approved, and neither public in this version nor on the schedule."""
    approved = Article.objects.filter(work_state=WorkState.APPROVED).order_by()
    others = set(PubState) - {*FINAL, PubState.SCHEDULED, PubState.LIVE}
    not_public = approved.filter(pub_state__in=sorted(others))
    changed_since = approved.filter(pub_state=PubState.LIVE).exclude(edition__revision=F("revision"))
    return Article.objects.filter(is_among("pk", not_public.values("pk").union(changed_since.values("pk"), all=True)))


def scheduled() -> QuerySet[Article]:
    return Article.objects.filter(pub_state=PubState.SCHEDULED).order_by("publish_at", "pk")


def with_open_proposals(user: User, *, are_many: bool = False) -> QuerySet[Article]:
    """Stories with proposals that this person may decide.

    Of a whole archive that waits, the newest `MOST_GATHERED` are gathered. With `are_many` none are gathered, and each
    story is asked when its turn comes: for the first few, where most have some.
    """
    if has_permission(user, "edit_any_article"):
        waiting = _each_asked(Article.objects.all()) if are_many else _gathered()
    else:
        waiting = _each_asked(Article.objects.filter(is_among("pk", _ids_of_own(user))))
    return waiting.exclude(pub_state__in=FINAL)


def _gathered() -> QuerySet[Article]:
    """One list of two, and not two conditions, for each of which every story would be looked at."""
    stories = (rows.order_by("-article").values("article").distinct()[:MOST_GATHERED] for rows in _undecided())
    quotes, tags = stories
    return Article.objects.filter(is_among("pk", quotes.union(tags)))


def _each_asked(articles: QuerySet[Article]) -> QuerySet[Article]:
    # Of `Exists`, PostgreSQL would make a list of all that have some, and ask that.
    quote, tag = (Subquery(rows.filter(article=OuterRef("pk")).order_by().values("pk")[:1]) for rows in _undecided())
    return articles.alias(a_quote=quote, a_tag=tag).filter(Q(a_quote__isnull=False) | Q(a_tag__isnull=False))


def with_failed_tagging(user: User) -> QuerySet[Article]:
    """Stories whose newest revision the tagger has given up, and may be asked by this person to try again."""
    failed = _in_the_hands_of(user).filter(revision__tagging_run__status=TaggingRun.Status.FAILED)
    return failed.exclude(pub_state__in=FINAL)


def _in_the_hands_of(user: User) -> QuerySet[Article]:
    return Article.objects.all() if has_permission(user, "edit_any_article") else own(user)


def _undecided() -> tuple[QuerySet[Quote], QuerySet[Tag]]:
    """Quotations and tags of the tagger that wait for a person."""
    return Quote.objects.filter(verdict=Verdict.PROPOSED), Tag.objects.undecided().filter(is_accepted=False)


def with_open_comments(user: User) -> QuerySet[Article]:
    """Stories with an open thread that waits for this person: somebody else spoke last, and it is about a story
    of theirs, they are mentioned, or they take part."""
    spoken = Comment.objects.standing().filter(thread=OuterRef("pk"))
    told = CommentNotice.objects.filter(comment__thread=OuterRef("pk"), user=user, is_mention=True)
    last_by = Subquery(spoken.order_by("-id").values("created_by")[:1])
    waiting = CommentThread.objects.filter(resolved_at=None).annotate(last_by=last_by)
    waiting = waiting.filter(last_by__isnull=False).exclude(last_by=user.pk)
    concerned = Q(article__in=own(user)) | Exists(told) | Exists(spoken.filter(created_by=user))
    threads = waiting.filter(concerned, article=OuterRef("pk"))
    return Article.objects.filter(Exists(threads)).exclude(pub_state=PubState.KILLED)


def with_open_reports(user: User) -> QuerySet[Article]:
    """Stories with errors that readers report and this person may decide on, the one that waits longest first.

    `reports_left` is how many there are."""
    reports = ErrorReport.objects.unhandled().filter(article=OuterRef("pk")).order_by()
    oldest = Subquery(reports.order_by("id").values("id")[:1])
    waiting = _in_the_hands_of(user).filter(Exists(reports)).annotate(reports_left=_count(reports))
    return waiting.annotate(oldest_report=oldest).order_by("oldest_report")


def recently_live(*, period: timedelta = timedelta(hours=24)) -> QuerySet[Article]:
    """Live stories first published, or last updated, within the period."""
    since = timezone.now() - period
    # Of what the public has there are indexes by both.
    shown = Representation.objects.filter(status=PubState.LIVE).order_by().values("article")
    recent = shown.filter(published_at__gte=since).union(shown.filter(updated_at__gte=since))
    return Article.objects.filter(is_among("pk", recent), pub_state=PubState.LIVE).order_by("-updated_at", "-pk")


def _count(rows: QuerySet) -> Coalesce:
    counted = rows.filter(article=OuterRef("pk")).order_by().values("article").annotate(count=Count("pk"))
    return Coalesce(Subquery(counted.values("count")), 0)


def coming_up(user: User) -> QuerySet[DiaryEntry]:
    """Of the diary the next two weeks, soonest first: all whose day is known, and whatever else is the person's."""
    today = timezone.localdate()
    ahead = DiaryEntry.objects.during(today, today + COMING).filter(is_cancelled=False)
    own = ahead.filter(Q(assigned_to=user.pk) | Q(precision=Precision.DAY))
    return own.select_related("assigned_to").order_by("starts", "ends", "pk")
