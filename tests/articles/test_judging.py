"""What the machine had proposed stays with the verdict, whatever becomes of the text and of the gazetteer."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from articles import erasing, insight, judging, proposing, publishing, suggestions
from articles.models import Article, Quote, Tag, TaggingRun
from articles.models.verdict import Verdict
from entities.models import Entity, Name
from entities.models.name import Form

SAID = "<p>“We will be back before the ice,” Captain Ida Berg said.</p>"
BODY = f"<p>Norway waits. The Norwegians wait for Finland.</p>{SAID}"


@pytest.fixture
def article(desk, norway, finland) -> Article:
    Name.objects.create(entity=norway, text="Norwegians", form=Form.DEMONYM)
    article = desk.draft("Fleet returns", body=BODY)
    proposing.suggest(article.revision_id)
    return desk.fresh(article)


def kept(row: Tag | Quote) -> tuple[str, list[str], int | None]:
    row.refresh_from_db()
    return row.verdict, getattr(row, "judged_surfaces", []), row.judged_version


def version_of(article: Article) -> int:
    return TaggingRun.objects.get(revision=article.revision_id).gazetteer_version


def retag(article: Article, entity: Entity) -> int:
    """Read again, with a newer gazetteer."""
    Name.objects.create(entity=entity, text=f"Another name {timezone.now()}")
    proposing.suggest(article.revision_id, again=True)
    return version_of(article)


@pytest.mark.parametrize(
    ("judge", "verdict"), [(suggestions.confirm_tag, Verdict.CONFIRMED), (suggestions.reject, Verdict.REJECTED)]
)
def test_a_verdict_keeps_names_and_version(desk, article, norway, judge, verdict):
    tag = judge(article.tags.get(entity=norway), by=desk.editor)

    assert kept(tag) == (verdict, ["Norway", "Norwegians"], version_of(article))


def test_a_rejection_is_counted_after_the_sentence_has_gone(desk, article, norway):
    version = version_of(article)
    suggestions.reject(article.tags.get(entity=norway), by=desk.editor)

    rewritten = desk.save(article, body=f"<p>Nobody waits for Finland.</p>{SAID}")
    proposing.suggest(rewritten.revision_id)

    aliases, _ = insight.precision_by_alias(30)
    assert {(alias.label, alias.rejected) for alias in aliases} == {
        ("Norway", 1),
        ("Norwegians", 1),
    }
    assert [(row.label, row.rejected) for row in insight.precision_by_version(30)[0]] == [(str(version), 1)]


def test_verdicts_stay_with_the_version_that_was_judged(desk, article, norway, finland):
    version = version_of(article)
    suggestions.reject(article.tags.get(entity=norway), by=desk.editor)
    suggestions.confirm_quote(article.quotes.get(), by=desk.editor)

    newer = retag(article, norway)
    suggestions.confirm_tag(article.tags.get(entity=finland), by=desk.editor)

    assert newer > version
    assert [(row.label, row.confirmed, row.rejected) for row in insight.precision_by_version(30)[0]] == [
        (str(version), 1, 1),
        (str(newer), 1, 0),
    ]


def test_a_verdict_on_what_is_no_longer_found_keeps_what_was_judged_first(desk, article, norway):
    version = version_of(article)
    tag = suggestions.confirm_tag(article.tags.get(entity=norway), by=desk.editor)
    proposing.suggest(desk.save(article, body=SAID).revision_id)

    suggestions.reject(tag, by=desk.editor)

    assert kept(tag) == (Verdict.REJECTED, ["Norway", "Norwegians"], version)


def test_a_quotation_judged_again_keeps_its_version(desk, article, norway):
    version = version_of(article)
    quote = suggestions.confirm_quote(article.quotes.get(), by=desk.editor)
    retag(article, norway)

    suggestions.reject(quote, by=desk.editor)

    assert kept(quote) == (Verdict.REJECTED, [], version)


def test_a_story_saved_since_it_was_read_is_judged_by_that_reading(desk, article):
    version = version_of(article)
    desk.save(article, body=f"{BODY}<p>More.</p>")

    quote = suggestions.confirm_quote(article.quotes.get(), by=desk.editor)

    assert kept(quote) == (Verdict.CONFIRMED, [], version)


def test_reconsider_forgets_what_was_judged(desk, article, norway):
    tag = suggestions.reject(article.tags.get(entity=norway), by=desk.editor)
    quote = suggestions.reject(article.quotes.get(), by=desk.editor)

    for row in (tag, quote):
        suggestions.reconsider(row, by=desk.editor)

    assert [kept(tag), kept(quote)] == [(Verdict.PROPOSED, [], None)] * 2


def test_a_batch_keeps_it_and_its_undoing_forgets_it(desk, article, norway):
    tag, quote = article.tags.get(entity=norway), article.quotes.get()

    batch = suggestions.confirm_all(article, by=desk.editor, tags=[tag.pk], quotes=[quote.pk])

    version = version_of(article)
    assert kept(tag) == (Verdict.CONFIRMED, ["Norway", "Norwegians"], version)
    assert kept(quote) == (Verdict.CONFIRMED, [], version)

    suggestions.take_back(article, by=desk.editor, decided_at=batch.decided_at)

    assert [kept(tag), kept(quote)] == [(Verdict.PROPOSED, [], None)] * 2


def test_an_added_tag_was_not_proposed(desk, norway):
    tag = suggestions.add_tag(desk.draft(), norway, by=desk.editor)

    assert kept(tag) == (Verdict.CONFIRMED, [], None)


def test_a_correction_that_takes_a_tag_back_keeps_what_it_rejects(desk, article, norway):
    publishing.publish(desk.approve_again(article), by=desk.editor)

    publishing.correct(desk.fresh(article), by=desk.editor, notice="Not Norway.", retracts_entities=[norway])

    tag = article.tags.get(entity=norway)
    assert kept(tag) == (Verdict.REJECTED, ["Norway", "Norwegians"], version_of(article))


def test_erasing_takes_names_that_no_text_has_any_more(desk, article, norway):
    version = version_of(article)
    suggestions.reject(article.tags.get(entity=norway), by=desk.editor)
    suggestions.confirm_quote(article.quotes.get(), by=desk.editor)
    publishing.publish(desk.approve_again(article), by=desk.editor)
    desk.save(article, body=f"<p>Norway waits for Finland.</p>{SAID}")
    publishing.correct(desk.approve_again(desk.fresh(article)), by=desk.editor, notice="Not they.", seal=True)

    erasing.erase(desk.fresh(article), reference="A court", operator="root")

    assert kept(article.tags.get(entity=norway)) == (Verdict.REJECTED, ["Norway"], version)


def fill() -> None:
    import_module("articles.migrations.0035_fill_what_was_judged").fill(apps, None)


def forget() -> None:
    """As the release before wrote verdicts."""
    for model in (Tag, Quote):
        model.objects.update(**judging.nothing_of(model))


def test_verdicts_of_the_release_before_get_what_is_known(desk, article, norway, finland):
    tag = suggestions.reject(article.tags.get(entity=norway), by=desk.editor)
    quote = suggestions.confirm_quote(article.quotes.get(), by=desk.editor)
    forget()

    fill()

    version = version_of(article)
    assert kept(tag) == (Verdict.REJECTED, ["Norway", "Norwegians"], version)
    assert kept(quote) == (Verdict.CONFIRMED, [], version)
    assert kept(article.tags.get(entity=finland)) == (Verdict.PROPOSED, [], None)


def test_a_version_that_nobody_knows_any_more_is_left_open(desk, article, norway):
    tag = suggestions.reject(article.tags.get(entity=norway), by=desk.editor)
    forget()
    Tag.objects.filter(pk=tag.pk).update(verdict_at=timezone.now() - timedelta(hours=1))

    fill()

    assert kept(tag) == (Verdict.REJECTED, ["Norway", "Norwegians"], None)


def test_what_was_written_meanwhile_is_not_filled_over(desk, article, norway):
    tag = suggestions.reject(article.tags.get(entity=norway), by=desk.editor)
    version = version_of(article)
    proposing.suggest(desk.save(article, body=f"<p>Norway waits.</p>{SAID}").revision_id)

    fill()

    assert kept(tag) == (Verdict.REJECTED, ["Norway", "Norwegians"], version)
