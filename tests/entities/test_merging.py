from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from entities.merging import merge, unmerge
from entities.models import Entity, Kind


def make(name: str, kind: str = Kind.EXERCISE) -> Entity:
    return Entity.objects.create(kind=kind, name=name, slug=name.lower())


def test_merge_points_and_repoints_nothing_else(db):
    old, new = make("Old"), make("New")

    merge(old, into=new)

    old.refresh_from_db()
    assert (old.canonical, new.canonical) == (new, new)
    assert list(Entity.objects.canonical()) == [new]


def test_merge_keeps_pointers_flat(db):
    first, second, third = make("First"), make("Second"), make("Third")

    merge(first, into=second)
    merge(second, into=third)

    assert set(Entity.objects.filter(merged_into=third)) == {first, second}


def test_merge_into_a_merged_entity_goes_to_its_target(db):
    first, second, third = make("First"), make("Second"), make("Third")
    merge(second, into=third)

    merge(first, into=second)

    first.refresh_from_db()
    assert first.merged_into == third


def test_merge_makes_no_cycle(db):
    first, second = make("First"), make("Second")
    merge(first, into=second)

    with pytest.raises(ValidationError, match="already one entity"):
        merge(second, into=first)


def test_merge_refuses_two_kinds(db):
    with pytest.raises(ValidationError, match="change the kind of one of them first"):
        merge(make("Gate"), into=make("Gate-ship", Kind.EQUIPMENT))


def test_merge_refuses_countries(norway, finland):
    with pytest.raises(ValidationError, match="never merged"):
        merge(norway, into=finland)


def test_unmerge_undoes(db):
    old, new = make("Old"), make("New")
    merge(old, into=new)

    unmerge(old)

    old.refresh_from_db()
    assert old.canonical == old


def test_merge_refuses_what_somebody_else_has_merged_meanwhile(db):
    first, second, third = make("First"), make("Second"), make("Third")
    merge(first, into=second)

    with pytest.raises(ValidationError, match="“First” has been merged into “Second”: undo that first"):
        merge(first, into=third)

    first.refresh_from_db()
    assert first.merged_into == second


@pytest.mark.django_db(transaction=True)
def test_two_merges_at_once_leave_no_chain():
    first, second, third = make("First"), make("Second"), make("Third")

    def merged(source: Entity, target: Entity) -> None:
        try:
            merge(Entity.objects.get(pk=source.pk), into=Entity.objects.get(pk=target.pk))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(merged, (first, second), (second, third)))

    assert set(Entity.objects.filter(merged_into=third)) == {first, second}
