"""What an editor does with a new name, and what a second editor at the same moment is told."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from articles import naming, proposing, retagging
from articles.models import NewName, Tag
from articles.states import GuardFailed, NotAllowed, WrongState
from entities.merging import merge
from entities.models import Entity, Name

BODY = "<p>General Ana Sample spoke. Sample left.</p>"


@pytest.fixture
def new_name(desk) -> NewName:
    proposing.suggest(desk.draft(body=BODY).revision_id)
    return NewName.objects.get()


def make(new_name: NewName, by, **columns) -> Entity:
    return naming.make_entity(new_name, by=by, **({"name": new_name.name, "kind": "person"} | columns))


def test_make_entity_makes_it_and_decides_the_name(new_name, editor, norway) -> None:
    entity = make(new_name, editor, category="general", country=norway.country_facts)

    new_name.refresh_from_db()
    assert (entity.name, entity.kind, entity.category, entity.country) == (
        *("Ana Sample", "person", "general"),
        norway.country_facts,
    )
    assert (new_name.verdict, new_name.entity, new_name.verdict_by) == ("confirmed", entity, editor)
    assert not NewName.objects.waiting().exists()


def test_make_entity_lets_the_stories_find_it(desk, new_name, editor) -> None:
    article = new_name.sightings.get().article

    entity = make(new_name, editor)
    retagging.retag_stories_of(new_name.pk)

    tag = Tag.objects.get(article=article)
    assert (tag.entity, tag.is_accepted, tag.verdict) == (entity, True, "proposed")
    assert not new_name.sightings.exists()


def test_make_entity_under_another_name_keeps_the_stories_name_as_alias(new_name, editor) -> None:
    entity = make(new_name, editor, name="Ana Maria Sample")

    assert [(alias.text, alias.strength) for alias in entity.names.all()] == [("Ana Sample", "strong")]


def test_make_entity_by_a_weak_name_only_proposes(new_name, editor) -> None:
    article = new_name.sightings.get().article

    make(new_name, editor, strength="weak", needs_context=["general"])
    retagging.retag_stories_of(new_name.pk)

    assert [tag.is_accepted for tag in article.tags.all()] == [False]


@pytest.mark.parametrize(
    "columns",
    [
        {"kind": "country"},
        {"name": ""},
        {"name": "\u200b"},
        {"name": "— …"},
        {"name": "x" * 201},
        {"kind": "weather"},
        {"strength": "forbidden"},
        {"strength": "weak"},
        {"strength": "weak", "needs_context": ["x" * 61]},
        {"category": "x" * 41},
    ],
)
def test_make_entity_refuses_what_cannot_be_written(new_name, editor, columns) -> None:
    with pytest.raises(GuardFailed):
        make(new_name, editor, **columns)

    assert (Entity.objects.count(), NewName.objects.get().verdict) == (0, "proposed")


@pytest.mark.parametrize("name", ["Ana Sample", "Ana  Sample", " Ana\tSAMPLE\n"])
def test_make_entity_refuses_a_twin(new_name, editor, name: str) -> None:
    Entity.objects.create(kind="person", name="ana sample", slug="ana")

    with pytest.raises(GuardFailed, match="already"):
        make(new_name, editor, name=name)


def test_make_entity_finds_a_free_address(new_name, editor) -> None:
    Entity.objects.create(kind="person", name="Ana-Sample", slug="ana-sample")

    entity = make(new_name, editor)

    assert entity.slug.startswith("ana-sample-")


def test_make_entity_of_a_name_without_latin_letters(new_name, editor) -> None:
    NewName.objects.update(name="安娜", key="安娜")

    entity = make(NewName.objects.get(), editor, name="安娜")

    assert len(entity.slug) == 8


def test_add_alias_to_a_merged_entity_goes_to_the_one_that_stands(new_name, editor) -> None:
    old, standing = (Entity.objects.create(kind="person", name=name, slug=name) for name in ("a", "b"))
    merge(old, into=standing)

    naming.add_alias(new_name, to=Entity.objects.get(pk=old.pk), by=editor)

    assert [alias.entity for alias in Name.objects.filter(text="Ana Sample")] == [standing]


def test_add_alias_sets_the_strength_of_one_that_is_there(new_name, editor) -> None:
    entity = Entity.objects.create(kind="person", name="A. Sample", slug="a")
    Name.objects.create(entity=entity, text="Ana Sample", strength="forbidden")

    naming.add_alias(new_name, to=entity, by=editor)

    assert Name.objects.get().strength == "strong"


def test_dismiss_keeps_the_name_out_of_the_queue_and_counts_on(desk, new_name, editor) -> None:
    naming.dismiss(new_name, by=editor)
    proposing.suggest(desk.draft(body=BODY).revision_id)

    assert not NewName.objects.waiting().exists()
    naming.reconsider(new_name, by=editor)
    assert [(name.name, name.story_count) for name in NewName.objects.waiting()] == [("Ana Sample", 2)]


def test_reconsider_is_for_what_was_dismissed(new_name, editor) -> None:
    make(new_name, editor)

    with pytest.raises(WrongState, match="made a name of “Ana Sample”, by editor"):
        naming.reconsider(new_name, by=editor)


def test_the_second_of_two_editors_is_told(new_name, editor, chief) -> None:
    naming.dismiss(new_name, by=editor)

    with pytest.raises(WrongState, match="is never proposed again, by editor"):
        make(new_name, chief)

    assert Entity.objects.count() == 0


@pytest.mark.parametrize("verb", ["make", "alias", "dismiss", "reconsider"])
@pytest.mark.parametrize("role", ["journalist", "stranger"])
def test_verbs_are_for_editors(new_name, request, verb: str, role: str) -> None:
    by = request.getfixturevalue(role)
    entity = Entity.objects.create(kind="person", name="Bo Nordahl", slug="bo")
    act = {
        "make": lambda: make(new_name, by),
        "alias": lambda: naming.add_alias(new_name, to=entity, by=by),
        "dismiss": lambda: naming.dismiss(new_name, by=by),
        "reconsider": lambda: naming.reconsider(new_name, by=by),
    }[verb]

    with pytest.raises(NotAllowed):
        act()

    assert NewName.objects.get().verdict == "proposed"


@pytest.mark.promise
@pytest.mark.django_db(transaction=True)
def test_of_editors_at_the_same_moment_one_decides(new_name, editor, chief) -> None:
    start = threading.Barrier(4)
    told: list[str] = []

    def decide(act: Callable[[], object]) -> None:
        try:
            start.wait(20)
            act()
            told.append("done")
        except WrongState:
            told.append("told")
        finally:
            connection.close()

    acts = [
        lambda: make(new_name, editor),
        lambda: make(new_name, chief, name="Ana Maria Sample"),
        lambda: naming.dismiss(new_name, by=editor),
        lambda: naming.dismiss(new_name, by=chief),
    ]
    threads = [threading.Thread(target=decide, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    decided = NewName.objects.get()
    assert sorted(told) == ["done", "told", "told", "told"]
    assert Entity.objects.count() == (decided.verdict == "confirmed")
