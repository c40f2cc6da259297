"""A story with forty proposals that wait: twenty quotations and twenty ships, each at its place in the text."""

from __future__ import annotations

from django.utils import timezone

from articles import quote_anchors
from articles.models import Article, Mention, Quote, Tag, TaggingRun
from entities.models import Entity, Kind


def with_proposals(desk, count: int = 20) -> Article:
    """As many quotations as asked, and as many entities; all open, the even ones surer than 90 %."""
    article = desk.draft("Ships without end", body=body_with(count))
    propose(article, count)
    return article


def body_with(count: int) -> str:
    """Paragraphs of which each holds a quotation and a ship."""
    sentences = [
        f"“We sail on day number {n:02},” Captain Ida Berg said aboard the Vessel-{n:02}." for n in range(count)
    ]
    return "".join(f"<p>{sentence} Nobody else spoke of it, and the harbour stayed shut.</p>" for sentence in sentences)


def propose(article: Article, count: int) -> None:
    """Let the tagger have found so many quotations and so many ships in the newest version of a story."""
    for number in range(count):
        _quote(article, f"We sail on day number {number:02},", 0.95 if number % 2 == 0 else 0.6)
        _tag(article, number)
    now = timezone.now()
    TaggingRun.objects.create(revision=article.revision, status="finished", started_at=now, finished_at=now)


def _quote(article: Article, words: str, confidence: float) -> None:
    start = article.newest_revision.text.index(words)
    quote = Quote(article=article, text=words, speaker_name="Ida Berg", speaker_kind="person", confidence=confidence)
    quote.reason = "Said by “Captain Ida Berg”"
    quote_anchors.put(quote, article.newest_revision, start, start + len(words))
    quote.save()


def _tag(article: Article, number: int) -> None:
    name = f"Vessel-{number:02}"
    entity, _ = Entity.objects.get_or_create(kind=Kind.EQUIPMENT, name=name, slug=name.lower())
    tag = Tag.objects.create(
        article=article, entity=entity, score=0.9 - number / 100, mention_count=1, reason=f"“{name}” may name it"
    )
    start = article.newest_revision.text.index(name)
    span = {"start": start, "end": start + len(name), "surface": name}
    Mention.objects.create(tag=tag, revision=article.newest_revision, reason="The story’s words fit", **span)
