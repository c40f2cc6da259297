"""The queue of new names: sightings replaced story by story, counts that stay true."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from articles import proposed, proposing
from articles.models import NewName, Sighting
from articles.proposed.names import key_of
from articles.tagging import Analysis, EntityFinding, Mention

BODY = "<p>General Ana Sample spoke at noon. Sample left at noon.</p>"


def counts() -> dict[str, tuple[int, int]]:
    return {name.name: (name.story_count, name.mention_count) for name in NewName.objects.all()}


def finding(name: str, *, times: int = 1, kind: str = "person") -> EntityFinding:
    mentions = tuple(Mention("body", place, place + 3, name, "name", "a person") for place in range(times))
    return EntityFinding(None, name, kind, "", None, 0.5, mentions, False, "a person")


def write(article, *findings: EntityFinding) -> None:
    proposed.names.write_names(article, article.revision, Analysis(entities=findings))


def test_suggest_counts_a_name_of_two_stories(desk) -> None:
    first, second = desk.draft(body=BODY), desk.draft(body="<p>General Ana Sample was silent.</p>")

    for article in (first, second):
        proposing.suggest(article.revision_id)

    assert counts() == {"Ana Sample": (2, 3)}
    sighting = Sighting.objects.get(article=first)
    assert first.revision.text[sighting.start : sighting.end] == "Ana Sample"


def test_suggest_run_twice_doubles_nothing(desk) -> None:
    article = desk.draft(body=BODY)

    for again in (False, True, True):
        proposing.suggest(article.revision_id, again=again)

    assert counts() == {"Ana Sample": (1, 2)}
    assert Sighting.objects.count() == 1


def test_suggest_for_a_newer_revision_replaces_the_sightings(desk) -> None:
    article = desk.draft(body=BODY)
    proposing.suggest(article.revision_id)

    article = desk.save(article, body="<p>General Bo Nordahl spoke.</p>")
    proposing.suggest(article.revision_id)

    assert counts() == {"Ana Sample": (0, 0), "Bo Nordahl": (1, 1)}
    assert [name.name for name in NewName.objects.waiting()] == ["Bo Nordahl"]
    assert Sighting.objects.get().revision == article.revision


def test_a_name_of_the_gazetteer_is_not_proposed(desk, norway) -> None:
    article = desk.draft(body="<p>Norway waits.</p>")

    proposing.suggest(article.revision_id)

    assert counts() == {}


def test_a_town_of_the_shipped_places_is_not_proposed(desk) -> None:
    article = desk.draft(body="<p>They met in Helsinki, then at Fort Kandry.</p>")

    proposing.suggest(article.revision_id)

    assert counts() == {"Fort Kandry": (1, 1)}


def test_spellings_of_a_story_are_one_name(desk) -> None:
    write(desk.draft(), finding("O’Brien  Sample", times=2), finding("O'BRIEN SAMPLE"))

    assert counts() == {"O’Brien Sample": (1, 3)}


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "\u200b", "— …"])
def test_what_is_no_name_is_not_proposed(desk, name: str) -> None:
    write(desk.draft(), finding(name))

    assert counts() == {}


def test_of_a_flood_of_names_the_most_frequent_are_kept(desk, monkeypatch) -> None:
    monkeypatch.setattr(proposed.names, "MOST_NAMES", 3)

    write(desk.draft(), *(finding(f"Person {number}", times=1 + (number == 7)) for number in range(9)))

    assert counts() == {"Person 7": (1, 2), "Person 0": (1, 1), "Person 1": (1, 1)}


def test_a_story_that_flooded_the_queue_leaves_it_when_read_again(desk, monkeypatch) -> None:
    article = desk.draft()
    names = [finding(f"Person {number}") for number in range(9)]
    write(article, *names)
    monkeypatch.setattr(proposed.names, "MOST_NAMES", 3)

    write(article, *names)

    assert (Sighting.objects.count(), NewName.objects.waiting().count()) == (3, 3)


def test_a_kind_the_desk_does_not_have_is_not_proposed(desk) -> None:
    write(desk.draft(), finding("Ana Sample", kind="weather"))

    assert counts() == {}


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "שלום עולם", "Z̷̼a̴lgo", "👩‍🚀 One", "İstanbul Group", "%s"]
)
def test_hostile_names_are_kept_as_they_are(desk, name: str) -> None:
    write(desk.draft(), finding(name))
    write(desk.draft(), finding(name))

    assert counts() == {name: (2, 2)}


def test_key_takes_no_notice_of_capitals_marks_and_spaces() -> None:
    assert key_of("Al‑Noor  O’Brien") == key_of("AL-NOOR O'brien")


def test_key_tells_names_apart() -> None:
    assert key_of("Ana Sample") != key_of("Anna Sample")


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_shared_names_count_both(desk) -> None:
    names = [finding(f"Person {number}") for number in range(40)]
    articles = [desk.draft(f"Story {number}") for number in range(2)]
    start = threading.Barrier(2)
    errors: list[BaseException] = []

    def work(article, findings) -> None:
        try:
            for _ in range(5):
                start.wait(20)
                with_transaction(article, findings)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    def with_transaction(article, findings) -> None:
        from django.db import transaction

        with transaction.atomic():
            write(article, *findings)

    threads = [
        threading.Thread(target=work, args=(articles[0], names)),
        threading.Thread(target=work, args=(articles[1], names[::-1])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert errors == []
    assert set(counts().values()) == {(2, 2)}
    assert len(counts()) == 40
