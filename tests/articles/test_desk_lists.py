"""What waits for a decision: found by gathering where it is little, and story by story where it is much."""

from __future__ import annotations

import pytest
from django.utils import timezone

from articles import desk_lists
from articles.assignment import assign
from articles.models import Author, Byline, Quote, Tag
from articles.models.verdict import Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(desk, norway, editor, colleague, journalist) -> dict[str, list[str]]:
    """Headlines of what each may decide, of stories of every kind."""

    def proposed(article, **columns):
        Tag.objects.create(article=article, entity=norway, score=0.5, **columns)
        return article

    def quoted(article):
        Quote.objects.create(article=article, revision=article.revision, text="return to port", start=33, end=47)

    proposed(desk.draft("Own draft"))
    quoted(proposed(desk.in_review("Own, with both")))
    quoted(desk.live("Own, quoted"))
    proposed(desk.live("Accepted by itself"), is_accepted=True)
    proposed(desk.live("Decided"), verdict=Verdict.CONFIRMED, verdict_by=editor, verdict_at=timezone.now())
    proposed(desk.killed("Killed"))
    assign(proposed(desk.draft("Assigned", by=editor)), to=colleague, by=editor)
    signed = proposed(desk.draft("Signed", by=editor))
    author = Author.objects.create(name="Bo", slug="bo", user=colleague)
    Byline.objects.create(article=signed, author=author, ordinal=9)
    own = ["Own, quoted", "Own, with both", "Own draft"]
    return {"journalist": own, "colleague": ["Signed", "Assigned"], "editor": ["Signed", "Assigned", *own]}


@pytest.mark.parametrize("are_many", [False, True])
@pytest.mark.parametrize("who", ["journalist", "colleague", "editor"])
def test_proposals_are_found_alike_where_they_are_few_and_many(waiting, request, who, are_many) -> None:
    found = desk_lists.with_open_proposals(request.getfixturevalue(who), are_many=are_many)

    assert sorted(found.values_list("headline", flat=True)) == sorted(waiting[who])


def test_of_a_whole_archive_the_newest_are_gathered(waiting, editor, monkeypatch) -> None:
    monkeypatch.setattr(desk_lists, "MOST_GATHERED", 1)

    found = desk_lists.with_open_proposals(editor)

    assert sorted(found.values_list("headline", flat=True)) == ["Own, quoted", "Signed"]
    assert desk_lists.with_open_proposals(editor, are_many=True).count() == len(waiting["editor"])
