"""The tagger's quotations as rows: undecided ones replaced, judged ones only followed through the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles import quote_anchors
from articles.models import Article, Quote, Revision
from articles.models.verdict import Origin, Verdict
from articles.planned_query import PlannedQuery
from articles.updating import update_in
from entities.models import Entity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.desk_gazetteer import DeskGazetteer
    from articles.tagging import Analysis, QuoteFinding

_STANDING = PlannedQuery(lambda article: Quote.objects.filter(article=article), {"article": "bigint"})
MACHINE_COLUMNS = (
    *quote_anchors.ANCHOR_COLUMNS,
    *("kind", "cue", "speaker_as_written", "speaker_name", "speaker_kind", "speaker_entity", "speaker_country"),
    *("confidence", "reason"),
)


def write_quotes(article: Article, revision: Revision, analysis: Analysis, gazetteer: DeskGazetteer) -> None:
    """Bring the quotes of an article whose row is locked in line with what the engine found.

    A finding is matched to a standing row by its words, the nearest first. A judged row, or one that came with an
    archive and says who spoke, gets its new anchor and nothing else; words that a person has rejected do not come back.
    Of the rows that were not found again, the machine's own go, judged and added ones are followed.
    """
    waiting = _STANDING.all(article=article.pk)
    speakers = _speakers(analysis.quotes, gazetteer)
    followed: list[Quote] = []
    added: list[Quote] = []
    for finding in analysis.quotes:
        quote = _take_match(waiting, finding)
        if quote is None:
            if not _is_told_already(waiting, followed, finding):
                added.append(_new(article, revision, finding, speakers))
            continue
        followed.append(quote)
        quote_anchors.put(quote, revision, finding.start, finding.end)
        if quote.verdict == Verdict.PROPOSED and not _is_of_archive(quote):
            _fill(quote, finding, speakers)
    lost = [quote.pk for quote in waiting if quote.verdict == Verdict.PROPOSED and quote.origin == Origin.MACHINE]
    if lost:
        article.quotes.filter(pk__in=lost).delete()
    for quote in waiting:
        if quote.pk not in lost:
            quote_anchors.anchor(quote, revision)
            followed.append(quote)
    Quote.objects.bulk_create(added)
    update_in(Quote, followed, MACHINE_COLUMNS)


def _take_match(waiting: list[Quote], finding: QuoteFinding) -> Quote | None:
    same = [quote for quote in waiting if quote.text == finding.text]
    if not same:
        return None
    nearest = min(same, key=lambda quote: (abs((quote.start or 0) - finding.start), quote.pk))
    waiting.remove(nearest)
    return nearest


def _is_told_already(waiting: Iterable[Quote], followed: Iterable[Quote], finding: QuoteFinding) -> bool:
    """Whether a confirmed quote, or one of an archive, covers these words, or a rejected one has exactly them."""
    for quote in (*waiting, *followed):
        if quote.verdict == Verdict.REJECTED and quote.text == finding.text:
            return True
        if quote.start is None or quote.end is None:
            continue
        if quote.verdict != Verdict.CONFIRMED and not _is_of_archive(quote):
            continue
        if quote.start < finding.end and finding.start < quote.end:
            return True
    return False


def _is_of_archive(quote: Quote) -> bool:
    """Whether it came with an archive and waits for a person: the machine knows no better than that who spoke."""
    return quote.verdict == Verdict.PROPOSED and quote.origin == Origin.IMPORT


def _new(article: Article, revision: Revision, finding: QuoteFinding, speakers: dict[str, Entity]) -> Quote:
    quote = Quote(article=article, origin=Origin.MACHINE, text=finding.text)
    quote_anchors.put(quote, revision, finding.start, finding.end)
    _fill(quote, finding, speakers)
    return quote


def _fill(quote: Quote, finding: QuoteFinding, speakers: dict[str, Entity]) -> None:
    speaker = speakers.get(finding.speaker_id or "")
    quote.kind = finding.kind
    quote.cue = finding.cue.text[:100] if finding.cue else ""
    quote.speaker_as_written = finding.speaker.text[:300] if finding.speaker else ""
    quote.speaker_name = (finding.resolved or "")[:200]
    quote.speaker_kind = finding.speaker_kind
    quote.speaker_entity = speaker
    quote.speaker_country_id = _country_of(speaker)
    quote.confidence = min(1.0, max(0.0, finding.confidence))
    quote.reason = finding.reason[:500]


def _country_of(speaker: Entity | None) -> int | None:
    """The speaker's country; a country that speaks (“Beijing said”) is its own."""
    if speaker is None:
        return None
    return speaker.pk if speaker.kind == "country" else speaker.country_id


def _speakers(findings: Iterable[QuoteFinding], gazetteer: DeskGazetteer) -> dict[str, Entity]:
    """Speakers' rows by the engine's id."""
    wanted = {finding.speaker_id: gazetteer.primary_keys.get(finding.speaker_id or "") for finding in findings}
    rows = Entity.objects.only("kind", "country").in_bulk([pk for pk in wanted.values() if pk is not None])
    return {identifier: rows[pk] for identifier, pk in wanted.items() if identifier and pk in rows}
