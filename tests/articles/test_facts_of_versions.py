"""Facts of exercises follow the versions of their story: none ahead of what is public, none out of what is sealed."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import exercise_facts, publishing, scheduled_updates
from articles.day_precision import read_days
from articles.models import Article, ReportedFact
from articles.publish_checks import publish_checks
from articles.states import GuardFailed, NotAllowed

NINE, SEVEN = "<p>9,000 soldiers take part.</p>", "<p>7,000 soldiers take part.</p>"
TWELVE = "<p>12,345 soldiers take part.</p>"


def count(edition, article, value, *, by, **more):
    given = {"kind": "figure", "label": "personnel", "value": Decimal(value)}
    return exercise_facts.report(edition, by=by, article=article, **given, **more)


@pytest.fixture
def nine(desk, edition):
    """A live story that says 9,000, and the fact of it."""
    article = desk.live("Norway readies 9,000", body=NINE)
    return article, count(edition, article, 9000, by=desk.editor)


def correct(desk, article, body=SEVEN, **more):
    saved = desk.save(article, headline="Norway readies 7,000", body=body)
    publishing.correct(desk.approve_again(saved), by=desk.editor, notice="It was 7,000.", **more)
    return desk.fresh(article)


def pages(client, drill):
    return [
        client.get(address).content.decode()
        for address in (drill.get_absolute_url(), f"{drill.get_absolute_url()}timeline/")
    ]


def is_told(fact):
    return ReportedFact.objects.told().filter(pk=fact.pk).exists()


def test_fact_read_before_a_sealing_correction_is_withheld_until_it_is_confirmed(client, desk, edition, drill, nine):
    article, fact = nine
    exercise_facts.report(edition, by=desk.editor, article=article, kind="dates", days=read_days("May 2026"))
    assert "9,000" in pages(client, drill)[0]

    article = correct(desk, article, seal=True)

    assert not any("9,000" in page for page in pages(client, drill))
    assert not ReportedFact.objects.told().exists()
    exercise_facts.confirm(fact, by=desk.editor)
    assert ReportedFact.objects.told().get() == fact
    assert ReportedFact.objects.get(pk=fact.pk).revision == article.edition.revision
    correct(desk, article, body=TWELVE, seal=True)
    assert not is_told(fact)


def test_fact_read_in_the_version_of_the_correction_itself_stays(desk, edition, nine):
    article, _ = nine
    saved = desk.save(article, body=SEVEN)
    fact = count(edition, saved, 7000, by=desk.editor)

    publishing.correct(desk.approve_again(saved), by=desk.editor, notice="It was 7,000.", seal=True)

    assert list(ReportedFact.objects.told()) == [fact]


def test_correction_that_seals_nothing_leaves_facts(desk, nine):
    article, fact = nine

    correct(desk, article)

    assert is_told(fact)


def test_fact_whose_version_is_not_known_is_of_the_live_one(desk, nine):
    article, fact = nine
    ReportedFact.objects.update(revision=None)
    assert is_told(fact)

    correct(desk, article, seal=True)

    assert not is_told(fact)


def test_fact_written_down_anew_after_the_seal_is_the_same_row_and_shown(desk, edition, nine):
    article, fact = nine
    article = correct(desk, article, body=NINE, seal=True)

    again = count(edition, article, 9000, by=desk.editor)

    assert again == fact
    assert is_told(fact)


def test_confirm_needs_a_live_story_and_a_fact_that_stands(desk, nine):
    article, fact = nine
    with pytest.raises(NotAllowed):
        exercise_facts.confirm(fact, by=desk.journalist)
    publishing.withdraw(article, by=desk.editor, reason="Too early.")
    with pytest.raises(GuardFailed, match="is withdrawn: a fact is confirmed"):
        exercise_facts.confirm(fact, by=desk.editor)
    exercise_facts.take_back(fact, by=desk.editor)
    with pytest.raises(GuardFailed, match="has been taken back"):
        exercise_facts.confirm(fact, by=desk.editor)


@pytest.mark.parametrize("way", ["by hand", "by the clock"])
def test_fact_of_a_version_that_is_not_public_waits_for_it(client, desk, edition, drill, nine, way):
    draft = desk.save(nine[0], body=TWELVE)
    count(edition, draft, 12345, by=desk.editor)
    assert not any("12,345" in page for page in pages(client, drill))
    approved = desk.approve_again(draft)
    assert not any("12,345" in page for page in pages(client, drill))

    if way == "by hand":
        publishing.publish_update(approved, by=desk.editor, kind="update")
    else:
        soon = timezone.now() + timedelta(minutes=5)
        scheduled_updates.schedule_update(approved, by=desk.editor, at=soon)
        assert "12,345" not in pages(client, drill)[0]
        Article.objects.update(update_at=timezone.now())
        scheduled_updates.update_due(desk.fresh(approved))

    assert "12,345" in pages(client, drill)[0]


def test_fact_of_what_readers_have_is_shown_though_a_draft_waits(desk, edition, nine):
    article = nine[0]
    desk.save(article, body=TWELVE)

    fact = count(edition, article, 1, by=desk.editor, revision=desk.fresh(article).edition.revision)

    assert is_told(fact)


def test_fact_read_in_a_draft_and_then_in_what_readers_have_is_shown(desk, edition, nine):
    desk.save(nine[0], body=TWELVE)
    article = desk.fresh(nine[0])
    fact = count(edition, article, 1, by=desk.editor)
    assert not is_told(fact)

    assert count(edition, article, 1, by=desk.editor, revision=article.edition.revision) == fact

    assert is_told(fact)
    count(edition, article, 1, by=desk.editor)
    assert is_told(fact)


def test_version_of_another_story_is_none(desk, edition, nine):
    with pytest.raises(GuardFailed, match="no version of"):
        count(edition, nine[0], 1, by=desk.editor, revision=desk.live("Other").revision)


def test_form_asks_which_version_says_so_where_there_are_two(client, desk, edition, nine):
    client.force_login(desk.editor)
    article = desk.save(nine[0], body=TWELVE)
    door = reverse("admin:articles_exerciseedition_report", args=[edition.pk, "figure"])
    given = {"label": "ships", "value": "4", "story": f"#{article.pk}"}
    assert 'name="version"' not in client.get(door).content.decode()

    asked = client.post(door, given)

    assert asked.status_code == 422
    assert "has a newer version that is not published" in asked.content.decode()
    assert asked.content.decode().count('name="version"') == 2
    client.post(door, given | {"version": "newest"})
    fact = ReportedFact.objects.get(label="ships")
    assert (fact.revision, is_told(fact)) == (article.revision, False)
    client.post(door, given | {"version": "live", "label": "aircraft"})
    fact = ReportedFact.objects.get(label="aircraft")
    assert (fact.revision, is_told(fact)) == (article.edition.revision, True)


@pytest.mark.parametrize("version", ["", "nonsense"])
def test_form_asks_of_no_version_where_readers_have_the_newest(client, desk, edition, version):
    client.force_login(desk.editor)
    article = desk.live(body=NINE)
    door = reverse("admin:articles_exerciseedition_report", args=[edition.pk, "figure"])

    client.post(door, {"label": "ships", "value": "4", "story": f"#{article.pk}", "version": version})

    assert ReportedFact.objects.get().revision == article.revision


def test_admin_says_why_a_fact_is_not_shown_and_confirms_it(client, desk, edition, nine):
    article, fact = nine
    client.force_login(desk.editor)
    change = reverse("admin:articles_exerciseedition_change", args=[edition.pk])
    door = reverse("admin:articles_exerciseedition_confirm", args=[edition.pk, fact.pk])
    page = client.get(change).content.decode()
    assert ("not shown" in page, door in page) == (False, False)
    article = correct(desk, article, seal=True)
    ahead = desk.save(article, body=TWELVE)
    count(edition, ahead, 12345, by=desk.editor)

    page = client.get(change).content.decode()

    assert "a correction sealed the version in which it was read" in page
    assert "it stands in a version that is not published yet" in page
    assert "the story does not say so any more" in page
    question = client.get(door).content.decode()
    assert "Confirm: personnel 9,000" in question
    assert "These words are not found in the story as readers have it" in question
    assert "It was 7,000." in question
    assert "Confirmed: personnel 9,000." in client.post(door, follow=True).content.decode()
    assert is_told(fact)
    assert "a correction sealed" not in client.get(change).content.decode()


def test_fact_of_a_version_to_come_cannot_be_confirmed_ahead_of_it(client, desk, edition, nine):
    article, nine_told = nine
    exercise_facts.take_back(nine_told, by=desk.editor)
    ahead = desk.save(article, body=TWELVE)
    fact = count(edition, ahead, 12345, by=desk.editor)
    client.force_login(desk.editor)
    door = reverse("admin:articles_exerciseedition_confirm", args=[edition.pk, fact.pk])

    page = client.get(reverse("admin:articles_exerciseedition_change", args=[edition.pk])).content.decode()
    answer = client.post(door, follow=True).content.decode()

    assert ("it stands in a version that is not published yet" in page, "look again" in page) == (True, False)
    assert door not in page
    assert "It was read in a version that is not public yet" in answer
    assert not is_told(fact)
    assert ReportedFact.objects.get(pk=fact.pk).revision == ahead.revision


def test_page_of_an_edition_costs_the_same_for_one_story_and_three(client, desk, edition):
    client.force_login(desk.editor)
    change = reverse("admin:articles_exerciseedition_change", args=[edition.pk])
    costs = []
    for number in (1, 3):
        while ReportedFact.objects.count() < number:
            story = desk.live(f"Norway readies {number} {ReportedFact.objects.count()}", body=NINE)
            count(edition, story, 9000, by=desk.editor)
            publishing.publish_update(desk.approve_again(desk.save(story, body=SEVEN)), by=desk.editor)
        client.get(change)
        with CaptureQueriesContext(connection) as captured:
            page = client.get(change).content.decode()
        assert page.count("look again") == number
        costs.append(len(captured))
    assert costs[0] == costs[1]


def test_confirming_what_a_colleague_took_back_leads_to_the_edition(client, desk, edition, nine):
    fact = nine[1]
    client.force_login(desk.editor)
    door = reverse("admin:articles_exerciseedition_confirm", args=[edition.pk, fact.pk])
    exercise_facts.take_back(fact, by=desk.editor)

    for method in (client.get, client.post):
        assert "it has been taken back" in method(door, follow=True).content.decode()


def test_correction_takes_facts_back(client, desk, edition, drill, nine):
    article, fact = nine
    other = count(edition, desk.live("Another"), 9000, by=desk.editor)
    saved = desk.approve_again(desk.save(article, body=SEVEN))
    client.force_login(desk.editor)
    door = reverse("admin:articles_article_verb", args=[article.pk, "correct"])
    page = client.get(door).content.decode()
    assert "Figure of Northern Drill 2026: personnel 9,000" in page
    given = {"kind": "correction", "notice": "It was 7,000.", "position": "top"}
    assert client.post(door, given | {"retracts_facts": [other.pk]}).status_code == 422

    client.post(door, given | {"retracts_facts": [fact.pk]})

    assert list(ReportedFact.objects.all()) == [other]
    last = desk.fresh(saved).transitions.order_by("-pk").first()
    assert last.reason == "It was 7,000. Taken back: personnel 9,000 (Northern Drill 2026)."
    assert desk.fresh(saved).corrections.get().notice == "It was 7,000."


def test_history_of_an_edition_tells_who_did_what_by_which_story(client, desk, edition, nine):
    article, fact = nine
    confirmed = count(edition, article, 40, by=desk.editor)
    article = correct(desk, article, retracts_facts=[fact])
    exercise_facts.confirm(confirmed, by=desk.editor)
    exercise_facts.take_back(confirmed, by=desk.editor)
    exercise_facts.take_back(confirmed, by=desk.editor)
    client.force_login(desk.editor)

    page = client.get(reverse("admin:articles_exerciseedition_history", args=[edition.pk])).content.decode()

    told = re.findall(r"<li><span>(.*?)</span>", page)
    before, after = (f"#{article.pk} “Norway readies {number}”" for number in ("9,000", "7,000"))
    assert told == [
        f"Written down from {before}: personnel 9,000",
        f"Written down from {before}: personnel 40",
        f"Taken back with the correction of {after}: personnel 9,000",
        f"Confirmed by {after}: personnel 40",
        f"Taken back from {after}: personnel 40",
    ]


def test_correction_takes_back_facts_of_its_own_story_and_by_a_person_alone(desk, nine):
    article, fact = nine
    other = desk.live("Another")
    with pytest.raises(GuardFailed, match="that its own story reports"):
        publishing.correct(other, by=desk.editor, notice="It was 7,000.", retracts_facts=[fact])
    Article.objects.filter(pk=article.pk).update(
        update_at=timezone.now(), update_by=desk.editor, update_kind="correction", update_notice="It was 7,000."
    )
    with pytest.raises(GuardFailed, match="Only a person"):
        publishing.correct(desk.fresh(article), by=None, notice="It was 7,000.", retracts_facts=[fact])
    assert ReportedFact.objects.get() == fact


def warnings(article):
    return [warning for warning in publish_checks(article).warnings if "stands under" in warning]


def test_check_warns_of_a_fact_whose_words_have_left_the_text(client, desk, edition, nine):
    article = nine[0]
    exercise_facts.report(edition, by=desk.editor, article=article, kind="dates", days=read_days("May 2026"))
    assert warnings(article) == []
    said = (
        "“personnel 9,000” stands under Northern Drill 2026 as told by this story, and is no longer in it: take it "
        "back, with a correction or on the page of that edition."
    )

    saved = desk.save(article, headline="Norway readies 7,000", body=SEVEN)

    assert warnings(saved) == [said]
    ReportedFact.objects.update(revision=None)
    assert warnings(desk.fresh(saved)) == [said]
    client.force_login(desk.editor)
    typed = reverse("admin:articles_article_checks", args=[article.pk])
    assert "stands under Northern Drill 2026" in client.post(typed, {"body": SEVEN}).json()["html"]
    assert "stands under" not in client.post(typed, {"body": NINE}).json()["html"]


def test_check_is_content_with_the_same_number_in_other_words_and_with_what_was_never_found(desk, edition, nine):
    article = nine[0]
    count(edition, article, 333, by=desk.editor)

    saved = desk.save(article, headline="Norway readies many", body="<p>Nine thousand soldiers take part.</p>")

    assert warnings(saved) == []
