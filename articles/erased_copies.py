"""What else holds words of an erased text: evidence, quotations, comments, reports, messages, facts of exercises, a
killed draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from articles import fact_history
from articles.models import (
    Article,
    Comment,
    CommentThread,
    Edition,
    ExerciseEdition,
    Mention,
    NewName,
    Notification,
    Quote,
    RelatedLink,
    ReportedFact,
    Revision,
    Sighting,
    Sitting,
    Tag,
    TaggingRun,
)
from articles.models.verdict import Verdict
from articles.states import PubState

ERASED = Edition.ERASED


def destroy_copies(
    article: Article, revisions: Sequence[Revision], *, kept: Sequence[str], sealed_at: datetime
) -> None:
    """Destroy every copy beside editions and revisions. `kept` are the texts of the article that stay: words that
    stand in one of them are left alone; unsaved words typed after `sealed_at` began without them."""
    keys = [revision.pk for revision in revisions]
    _destroy_quotes(article, kept)
    _destroy_evidence(article, keys, kept)
    _destroy_comments(article, keys, kept)
    _destroy_reports(article, sealed_at)
    # Messages name stories by their headline, and are read long since.
    Notification.objects.filter(article=article).update(message=f"{ERASED} A message about a story.")
    unsaved = Sitting.objects.filter(article=article, fields__isnull=False)
    if article.pub_state == PubState.KILLED:
        unsaved.delete()
        _destroy_working_copy(article)
    unsaved.filter(kept_at__lt=sealed_at).delete()


def facts_read_in(article: Article, revisions: Sequence[Revision], *, sealed_at: datetime) -> QuerySet[ReportedFact]:
    """Facts of exercises that were read in these versions, and confirmed in none that stays. Where the version is not
    known: those from before the seal."""
    unknown = Q(revision=None, added_at__lt=sealed_at)
    return article.reported_facts.filter(Q(revision__in=[revision.pk for revision in revisions]) | unknown)


def destroy_facts(article: Article, revisions: Sequence[Revision], *, sealed_at: datetime) -> None:
    """Destroy these facts, and what the history of their editions repeats of them and of those taken back before."""
    doomed = facts_read_in(article, revisions, sealed_at=sealed_at)
    # In the order in which a correction locks them. Somebody may confirm one until they are.
    editions = ExerciseEdition.objects.select_for_update(no_key=True).order_by("pk")
    list(editions.filter(pk__in=list(doomed.values_list("edition", flat=True))))
    gone = list(doomed.select_related("entity"))
    fact_history.erase_lines(article, gone=gone, sealed_at=sealed_at)
    ReportedFact.objects.filter(pk__in=[fact.pk for fact in gone]).delete()


def _destroy_reports(article: Article, sealed_at: datetime) -> None:
    """What readers wrote about text that is gone may repeat it."""
    article.error_reports.filter(at__lt=sealed_at).update(passage="", message=ERASED, note="")


def _destroy_quotes(article: Article, kept: Sequence[str]) -> None:
    lost = [quote.pk for quote in article.quotes.all() if not any(quote.text in text for text in kept)]
    Quote.objects.filter(pk__in=lost).update(
        text=ERASED,
        start=None,
        end=None,
        anchor=Quote.Anchor.GONE,
        said_on=None,
        speaker_entity=None,
        speaker_country=None,
        **dict.fromkeys(
            (
                *("prefix", "suffix", "block_id", "words_now", "cue", "reason", "said_at_place", "medium"),
                *("speaker_as_written", "speaker_name", "speaker_kind", "speaker_role", "source_url"),
            ),
            "",
        ),
    )


def _destroy_evidence(article: Article, revisions: Sequence[int], kept: Sequence[str]) -> None:
    Mention.objects.filter(revision__in=revisions).delete()
    article.tags.filter(mentions=None).update(reason="")
    _destroy_judged_names(article, kept)
    sightings = Sighting.objects.filter(revision__in=revisions)
    names = list(sightings.values_list("new_name", flat=True))
    sightings.delete()
    NewName.objects.filter(pk__in=names, verdict=Verdict.PROPOSED, sightings=None).delete()
    TaggingRun.objects.filter(revision__in=revisions).update(error="")


def _destroy_judged_names(article: Article, kept: Sequence[str]) -> None:
    """The verdicts stay, with the version of the gazetteer."""
    tags = list(article.tags.exclude(judged_surfaces=[]))
    for tag in tags:
        tag.judged_surfaces = [name for name in tag.judged_surfaces if any(name in text for text in kept)]
    Tag.objects.bulk_update(tags, ["judged_surfaces"])


def _destroy_comments(article: Article, revisions: Sequence[int], kept: Sequence[str]) -> None:
    """Whole threads on words that are gone, and all that was said of a story that was killed."""
    threads = [
        thread.pk
        for thread in CommentThread.objects.filter(article=article)
        if article.pub_state == PubState.KILLED
        or (thread.made_on_id in revisions and not (thread.words and any(thread.words in text for text in kept)))
    ]
    anchored = CommentThread.objects.filter(pk__in=threads)
    anchored.exclude(words="").update(
        words=ERASED, prefix="", suffix="", block_id="", words_now="", start=None, end=None, anchor="gone"
    )
    Comment.objects.standing().filter(thread__in=threads).update(text="", deleted_at=timezone.now())


def _destroy_working_copy(article: Article) -> None:
    RelatedLink.objects.filter(article=article).delete()
    Article.objects.filter(pk=article.pk).update(
        image=None,
        **dict.fromkeys(
            ("headline", "slug", "slugline", "standfirst", "body", "dateline", "source_name", "embargo_note"), ""
        ),
    )
