import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone

from articles import proposing, publishing, representations, suggestions, sweeping, workflow
from articles.models import Image, Representation
from entities.merging import merge
from entities.models import Entity, Kind


@pytest.fixture
def live(desk, norway):
    article = desk.draft(body="<p>Norway waits for the exercise.</p>")
    proposing.suggest(article.revision_id)
    workflow.submit(article, by=desk.journalist)
    workflow.approve(article, by=desk.editor)
    publishing.publish(article, by=desk.editor)
    return desk.fresh(article)


def stored(article) -> bytes:
    return bytes(Representation.objects.get(article=article).json)


def test_refresh_without_a_difference_announces_nothing(desk, live):
    assert publishing.refresh(live) is None
    assert desk.fresh(live).version == 1


def test_sweep_brings_a_renamed_entity_to_readers_and_partners(desk, live, norway):
    norway.name = "Kingdom of Norway"
    norway.save()

    first, second = (sweeping.refresh_what_shows_changed_entities() for _ in range(2))

    change = live.changes.order_by("-id").first()
    assert (first, second) == (1, 0)
    assert (change.kind, change.version, desk.fresh(live).version) == ("refresh", 2, 2)
    assert b"Kingdom of Norway" in stored(live)


def test_sweep_shows_a_merged_entity_under_its_canonical_one(desk, live):
    old, new = (Entity.objects.create(kind=Kind.EXERCISE, name=name, slug=name.lower()) for name in ("Old", "New"))
    suggestions.add_tag(live, old, by=desk.editor)
    publishing.publish_update(live, by=desk.editor)

    merge(old, into=new)
    sweeping.refresh_what_shows_changed_entities()

    assert b'"name":"New"' in stored(live)
    assert b'"name":"Old"' not in stored(live)


@pytest.mark.parametrize("place", ["a tag", "a speaker"])
def test_sweep_brings_a_new_name_of_what_an_entity_was_merged_into(desk, tell, place):
    old, new = (Entity.objects.create(kind=Kind.UNIT, name=name, slug=name.lower()) for name in ("Old", "New"))
    article = tell("Fog", **({"about": [old]} if place == "a tag" else {"speaker_entity": old}))
    merge(old, into=new)
    sweeping.refresh_what_shows_changed_entities()
    shown = str(new.uuid).encode()
    assert shown in stored(article)

    new.is_hidden = True
    new.save()
    rounds = [sweeping.refresh_what_shows_changed_entities() for _ in range(2)]

    assert (rounds, shown in stored(article)) == ([1, 0], False)


def test_sweep_takes_an_expired_picture_from_readers_and_partners(desk):
    image = Image(sha256="0" * 64, file="ship.webp", width=16, height=9, alt="A ship", credit="Us", title="Ship")
    Image.objects.bulk_create([image])
    article = desk.live(image=image)
    before = stored(article)
    Image.objects.update(expires_on=timezone.localdate() - timedelta(days=1))

    first, second = (sweeping.refresh_what_shows_expired_pictures() for _ in range(2))

    shown = Representation.objects.get(article=article)
    assert (first, second, shown.image) == (1, 0, None)
    assert b"ship.webp" in before
    assert b"ship.webp" not in bytes(shown.json)
    assert "ship.webp" not in shown.html


@pytest.fixture
def picture(settings, tmp_path) -> Image:
    settings.MEDIA_ROOT = tmp_path
    image = Image(sha256="1" * 64, file="boat.webp", width=16, height=9, alt="A boat", credit="Us", title="Boat")
    Image.objects.bulk_create([image])
    return image


def is_shown(article) -> list[bool]:
    shown = Representation.objects.get(article=article)
    return ["boat.webp" in text for text in (shown.html, bytes(shown.json).decode())]


@pytest.mark.parametrize("place", ["above", "in the text"])
def test_sweep_takes_a_picture_whose_rights_ended_while_the_story_was_built(desk, picture, monkeypatch, place):
    """The change is written after the building has read the picture, and before it says when it was built."""
    figure = f'<figure><img src="{picture.file.url}" alt="A boat"></figure>'
    with_picture = {"image": picture} if place == "above" else {"body": f"<p>Text.</p>{figure}"}
    article = desk.approved("Boat", **with_picture)
    head_of_story = representations.head_of_story

    def late(*args):
        ended = timezone.localdate() - timedelta(days=1)
        Image.objects.update(expires_on=ended, may_syndicate=False, changed_at=timezone.now())
        return head_of_story(*args)

    monkeypatch.setattr(representations, "head_of_story", late)
    publishing.publish(article, by=desk.editor)
    monkeypatch.undo()
    before = is_shown(article)
    row = Representation.objects.get(article=article)
    assert row.built_at > Image.objects.get().changed_at

    # Half a minute later.
    ago = sweeping.SETTLED + timedelta(seconds=1)
    Representation.objects.update(built_at=row.built_at - ago)
    Image.objects.update(changed_at=F("changed_at") - ago)
    rounds = [sweeping.refresh_what_shows_expired_pictures() for _ in range(2)]

    assert (before, rounds) == ([True, True], [1, 0])
    assert is_shown(article) == [False, False]


def test_sweep_looks_once_more_at_what_was_built_beside_a_change_and_then_no_more(desk, picture):
    desk.live("Boat", image=picture)
    rounds = []
    for built, changed in ((0, 1), (31, 41), (31, 62), (10, 12)):
        now = timezone.now()
        Representation.objects.update(built_at=now - timedelta(seconds=built))
        Image.objects.update(changed_at=now - timedelta(seconds=changed))
        rounds.append([sweeping.refresh_what_shows_expired_pictures() for _ in range(2)])

    assert rounds == [[0, 0], [1, 0], [0, 0], [0, 0]]


@pytest.mark.parametrize("place", ["a tag", "a speaker"])
def test_sweep_hides_an_entity_that_was_hidden_while_the_story_was_built(desk, tell, monkeypatch, place):
    """The change is written after the building has read the entity, and before it says when it was built."""
    entity = Entity.objects.create(kind=Kind.PERSON, name="Kari Nord", slug="kari-nord")
    about = {"about": [entity]} if place == "a tag" else {"speaker_entity": entity}
    head_of_story = representations.head_of_story

    def late(*args):
        Entity.objects.filter(pk=entity.pk).update(is_hidden=True, updated_at=timezone.now())
        return head_of_story(*args)

    monkeypatch.setattr(representations, "head_of_story", late)
    article = tell("Fog", **about)
    monkeypatch.undo()
    shown = str(entity.uuid).encode()
    before = shown in stored(article)
    row = Representation.objects.get(article=article)
    assert row.built_at > Entity.objects.get(pk=entity.pk).updated_at

    # Half a minute later.
    ago = sweeping.SETTLED + timedelta(seconds=1)
    Representation.objects.update(built_at=row.built_at - ago)
    Entity.objects.update(updated_at=F("updated_at") - ago)
    rounds = [sweeping.refresh_what_shows_changed_entities() for _ in range(2)]

    assert (before, rounds, shown in stored(article)) == (True, [1, 0], False)


def test_sweep_looks_once_more_at_what_was_built_beside_a_changed_entity_and_then_no_more(live):
    rounds = []
    for built, changed in ((0, 1), (31, 41), (31, 62), (10, 12)):
        now = timezone.now()
        Representation.objects.update(built_at=now - timedelta(seconds=built))
        Entity.objects.update(updated_at=now - timedelta(seconds=changed))
        rounds.append([sweeping.refresh_what_shows_changed_entities() for _ in range(2)])

    assert rounds == [[0, 0], [1, 0], [0, 0], [0, 0]]


def test_sweep_brings_back_a_picture_whose_rights_were_given_back(desk, picture):
    article = desk.live("Boat", image=picture)
    Image.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    sweeping.refresh_what_shows_expired_pictures()
    without = is_shown(article)

    Image.objects.update(expires_on=None, changed_at=timezone.now())
    rounds = [sweeping.refresh_what_shows_expired_pictures() for _ in range(2)]

    assert (without, rounds, is_shown(article)) == ([False, False], [1, 0], [True, True])


def test_an_address_of_a_sealed_edition_is_not_repeated(desk):
    article = desk.live("Secret name revealed", body="<p>Text.</p>")
    changed = desk.approve_again(desk.save(article, headline="Harmless", slug="harmless"))

    publishing.correct(changed, by=desk.editor, notice="A name was removed.", seal=True)

    assert b"secret-name-revealed" not in stored(article)


def test_refresh_keeps_a_tombstone_and_its_notice(desk):
    article = desk.killed()
    before = stored(article)

    assert publishing.refresh(article) is None

    assert stored(article) == before
    assert Representation.objects.get(article=article).public_note.startswith("This story has been removed")


def test_rebuild_representations_tells_a_log_from_where_to_go_on(desk, live, monkeypatch, capsys):
    monkeypatch.setattr("articles.progress.WRITTEN_EVERY", 0)

    call_command("rebuild_representations", stdout=StringIO())

    assert re.fullmatch(rf"100%  1 of 1 articles, \d+/s, up to article {live.pk}\n", capsys.readouterr().err)


def test_rebuild_representations_mends_what_was_damaged(desk, live):
    Representation.objects.filter(article=live).update(html="", json=b"{}")
    out = StringIO()

    call_command("rebuild_representations", stdout=out)

    assert out.getvalue() == "Built 1 articles anew; 1 differ and were announced.\n"
    assert b"Fleet returns to port" in stored(live)
