"""A fact of an exercise is taken back: the desk asks first."""

from decimal import Decimal

import pytest
from django.urls import reverse

from articles import exercise_facts
from articles.models import ReportedFact


def figure(edition, article, *, by):
    given = {"kind": "figure", "label": "personnel", "value": Decimal(9000)}
    return exercise_facts.report(edition, by=by, article=article, **given)


def test_take_back_asks_first_and_says_what_readers_lose(client, desk, editor, edition):
    fact = figure(edition, desk.live("Norway readies its army"), by=editor)
    client.force_login(editor)
    change = reverse("admin:articles_exerciseedition_change", args=[edition.pk])
    door = reverse("admin:articles_exerciseedition_take_back", args=[edition.pk, fact.pk])
    assert f'href="{door}"' in client.get(change).content.decode()

    question = client.get(door).content.decode()

    assert "Take back: personnel 9,000" in question
    assert "Norway readies its army" in question
    assert "Readers lose it at once" in question
    assert ReportedFact.objects.get() == fact
    assert "Taken back: personnel 9,000." in client.post(door, follow=True).content.decode()
    assert not ReportedFact.objects.exists()


def test_take_back_of_what_no_reader_sees_says_so(client, desk, editor, edition):
    fact = figure(edition, desk.approved("Secret"), by=editor)
    client.force_login(editor)

    question = client.get(reverse("admin:articles_exerciseedition_take_back", args=[edition.pk, fact.pk]))

    assert "No reader sees it now." in question.content.decode()
    assert "Readers lose it" not in question.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_take_back_of_what_a_colleague_took_back_leads_to_the_edition(client, desk, editor, edition, method):
    fact = figure(edition, desk.live(), by=editor)
    exercise_facts.take_back(fact, by=editor)
    client.force_login(editor)
    door = reverse("admin:articles_exerciseedition_take_back", args=[edition.pk, fact.pk])

    page = getattr(client, method)(door, follow=True)

    assert "it has been taken back" in page.content.decode()
    missing = reverse("admin:articles_exerciseedition_take_back", args=[edition.pk + 1, fact.pk])
    assert getattr(client, method)(missing).status_code == 404


def test_take_back_of_another_editions_fact_is_not_done(client, desk, editor, edition, drill):
    other = exercise_facts.save_edition(by=editor, exercise=drill, year=2027)
    fact = figure(other, desk.live(), by=editor)
    client.force_login(editor)

    client.post(reverse("admin:articles_exerciseedition_take_back", args=[edition.pk, fact.pk]))

    assert ReportedFact.objects.get() == fact
