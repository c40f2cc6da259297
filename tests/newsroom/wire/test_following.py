"""What our story does after the agency's kill: it is held until somebody has dealt with it, and lives again with a
version after it."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from articles import publishing, workflow
from articles.models import Article, Notification
from articles.states import GuardFailed, NotAllowed
from newsroom.wire import deciding
from newsroom.wire.models import WireItem
from newsroom.wire.standing import notices_for
from tests.agency import WORDS

pytestmark = pytest.mark.django_db

NEWER = f"<p>{WORDS.replace('nine countries', 'eleven countries')}</p>"


@pytest.fixture
def page(client, desk):
    def read(article: Article) -> str:
        client.force_login(desk.editor)
        return client.get(f"/admin/articles/article/{article.pk}/change/").content.decode()

    return read


def touched(desk, article: Article) -> Article:
    return desk.save(article, by=desk.editor, standfirst="Two sentences that say why.")


def approved(desk, article: Article) -> Article:
    workflow.submit(desk.fresh(article), by=desk.editor)
    workflow.approve(desk.fresh(article), by=desk.chief, reason="Night.")
    return desk.fresh(article)


def held(article: Article) -> bool:
    return bool(Article.objects.get(pk=article.pk).hold_reason)


def test_killed_draft_that_somebody_touched_is_published_by_no_way(send, kill, desk):
    article = touched(desk, send().article)

    kill()

    workflow.submit(desk.fresh(article), by=desk.editor)
    with pytest.raises(GuardFailed, match="Coast Agency has killed this story"):
        publishing.approve_and_publish(desk.fresh(article), by=desk.chief, reason="Night.")
    assert desk.fresh(article).pub_state == "never"


def test_killed_story_that_was_approved_before_is_not_published(send, kill, desk):
    article = approved(desk, touched(desk, send().article))

    kill()

    with pytest.raises(GuardFailed, match="Coast Agency has killed this story"):
        publishing.publish(article, by=desk.chief)
    with pytest.raises(GuardFailed, match="Coast Agency has killed this story"):
        publishing.schedule(article, by=desk.chief, publish_at=timezone.now() + timedelta(hours=1))


def test_kill_tells_who_scheduled_the_story_that_it_is_off(send, kill, desk):
    article = approved(desk, touched(desk, send().article))
    publishing.schedule(article, by=desk.editor, publish_at=timezone.now() + timedelta(hours=1))

    kill()

    assert desk.fresh(article).pub_state == "never"
    cries = Notification.objects.filter(kind="killed", message__contains="It is off the schedule and must not be")
    assert {cry.user for cry in cries} == {desk.editor, desk.chief}


def test_settling_a_kill_frees_the_story(send, kill, desk):
    article = approved(desk, touched(desk, send().article))
    item = kill()

    deciding.settle_kill(item, by=desk.editor)
    publishing.publish(article, by=desk.chief)

    assert (held(article), desk.fresh(article).pub_state) == (False, "live")


def test_settling_one_of_two_kills_frees_nothing(send, kill, desk):
    article = touched(desk, send().article)
    item = kill()
    other = WireItem.objects.create(
        source=send.source, guid="other", state="killed", killed_at=timezone.now(), article=article
    )

    deciding.settle_kill(item, by=desk.editor)
    assert held(article)

    deciding.settle_kill(other, by=desk.editor)
    assert not held(article)


def test_live_story_is_settled_once_it_has_a_new_version(send, kill, desk):
    article = approved(desk, touched(desk, send().article))
    publishing.publish(article, by=desk.chief)
    item = kill()
    with pytest.raises(GuardFailed, match="still live"):
        deciding.settle_kill(item, by=desk.editor)

    desk.save(article, by=desk.editor, body="<p>Words of our own.</p>")
    publishing.publish_update(approved(desk, article), by=desk.chief)
    deciding.settle_kill(item, by=desk.editor)

    assert (desk.fresh(article).pub_state, held(article)) == ("live", False)


def test_draft_that_was_spiked_for_a_kill_is_held_when_somebody_brings_it_back(send, kill, desk):
    article = send().article
    item = kill()
    assert (desk.fresh(article).pub_state, item.is_kill_open) == ("spiked", False)
    assert notices_for(desk.editor).kills == []

    workflow.unspike(desk.fresh(article), by=desk.editor)

    assert held(article)
    assert notices_for(desk.editor).kills == [item]
    deciding.settle_kill(item, by=desk.editor)
    assert not held(article)


def test_draft_comes_back_from_the_spike_when_the_agency_sends_it_anew(send, kill, desk):
    article = send().article
    kill()

    item = send("3", headline="Corrected story", body_html=NEWER)

    article = desk.fresh(article)
    assert (item.state, article.pub_state, article.headline, held(article)) == (
        *("taken", "never", "Corrected story", False),
    )
    told = Notification.objects.get(user=desk.chief, message__contains="sent anew")
    assert told.message.endswith("“Corrected story”: the draft is back from the spike, with the new version.")


def test_story_that_is_killed_twice_is_cried_out_twice(send, kill, desk):
    article = touched(desk, send().article)
    kill("2")
    send("3")

    kill("4")

    cries = Notification.objects.filter(user=desk.chief, kind="killed", article=article)
    assert cries.count() == 2


def test_touched_draft_stays_held_until_the_version_after_the_kill_is_decided(send, kill, desk, journalist):
    article = touched(desk, send().article)
    Article.objects.filter(pk=article.pk).update(assigned_to=journalist)
    kill()

    item = send("3", headline="Corrected story", body_html=NEWER)

    assert (item.is_taken, item.offered_at is not None) == (True, True)
    assert "has killed this story and sent it anew: take the new version" in desk.fresh(article).hold_reason
    assert Notification.objects.filter(user=journalist, message__contains="after its kill").count() == 1
    with pytest.raises(NotAllowed, match="ask an editor"):
        deciding.leave_update(item, by=journalist, seen=item.content_hash)
    deciding.take_update(item, by=journalist, seen=item.content_hash)
    assert (held(article), "eleven countries" in desk.fresh(article).body) == (True, True)
    # The standfirst is of the desk, and may tell what was killed: an editor looks at it.
    deciding.settle_kill(WireItem.objects.get(), by=desk.editor)
    assert held(article) is False


def test_version_after_a_kill_stays_offered_until_somebody_decides(send, kill, desk):
    article = touched(desk, send().article)
    kill()
    send("3")

    item = send("4", ednote="Correct the credit.")

    deciding.leave_update(item, by=desk.editor, seen=item.content_hash)
    assert not held(article)


def test_version_after_a_kill_that_was_settled_holds_nothing(send, kill, desk):
    article = touched(desk, send().article)
    deciding.settle_kill(kill(), by=desk.editor)

    item = send("3", headline="Corrected story")

    assert (item.offered_at is not None, held(article)) == (True, False)


def test_version_after_a_kill_that_an_editor_leaves_frees_the_story(send, kill, desk):
    article = touched(desk, send().article)
    kill()
    item = send("3", headline="Corrected story")

    deciding.leave_update(item, by=desk.editor, seen=item.content_hash)

    assert not held(article)


def test_story_that_a_person_spiked_stays_there_and_they_are_told_of_the_version_after_the_kill(send, kill, desk):
    article = touched(desk, send().article)
    kill()
    workflow.spike(desk.fresh(article), by=desk.editor, reason="The agency killed it.")

    item = send("3", headline="Corrected story")

    assert (desk.fresh(article).pub_state, item.offered_at is not None) == ("spiked", True)
    assert Notification.objects.filter(user=desk.chief, message__contains="Ours is spiked: bring it back").count() == 1
    workflow.unspike(desk.fresh(article), by=desk.editor)
    deciding.take_update(item, by=desk.editor, seen=item.content_hash)
    assert (desk.fresh(article).headline, held(article)) == ("Corrected story", False)


def test_story_that_we_killed_begins_anew_as_another_draft(send, kill, desk):
    article = approved(desk, touched(desk, send().article))
    publishing.publish(article, by=desk.chief)
    kill()
    desk.kill(desk.fresh(article))

    item = send("3", headline="Corrected story")

    assert (desk.fresh(article).pub_state, Article.objects.count()) == ("killed", 2)
    assert (item.article.headline, item.article.pub_state, item.article.may_syndicate) == (
        *("Corrected story", "never", False),
    )
    assert Notification.objects.filter(user=desk.chief, message__contains="it stands as a new draft").count() == 1


def test_update_of_what_a_person_spiked_brings_nothing_back(send, desk):
    article = send().article
    workflow.spike(desk.fresh(article), by=desk.editor, reason="Not for us.")

    item = send("2", headline="New")

    assert (desk.fresh(article).pub_state, item.offered_at, Notification.objects.count()) == ("spiked", None, 0)


def test_version_that_changes_no_words_is_not_offered_and_what_the_agency_says_is_told(send, desk):
    article = touched(desk, send().article)

    item = send("2", ednote="Use only with our credit.", usageterms="NOT FOR USE IN NORWAY")

    assert item.offered_at is None
    told = Notification.objects.get(user=desk.chief, article=article)
    assert told.message == (
        "Coast Agency says of “Frigate leaves port”: Use only with our credit. NOT FOR USE IN NORWAY"
    )


def test_editing_page_says_that_the_agency_killed_the_story(send, kill, desk, page):
    article = touched(desk, send().article)
    item = kill(note="SOURCE WAS FALSE")

    shown = page(article)

    assert "SOURCE WAS FALSE" in shown
    assert "It cannot go out." in shown
    assert f"/admin/wire/wireitem/{item.pk}/change/" in shown
    assert "Coast Agency has killed this story: spike it" in shown
    deciding.settle_kill(item, by=desk.editor)
    assert "SOURCE WAS FALSE" not in page(article)


def test_editing_page_says_that_a_live_story_was_killed(send, kill, desk, page):
    article = approved(desk, touched(desk, send().article))
    publishing.publish(article, by=desk.chief)
    kill()

    shown = page(article)

    assert "<strong>Ours is live.</strong> Withdraw or kill it" in shown


def test_editing_page_says_that_an_update_waits(send, desk, page):
    article = touched(desk, send().article)
    item = send("2", headline="Theirs")

    assert "Coast Agency has sent a new version." in page(article)

    deciding.leave_update(item, by=desk.editor, seen=item.content_hash)
    assert "Coast Agency has sent a new version." not in page(article)


def test_pages_show_what_the_agency_says_of_use(send, desk, page, client):
    item = send(usageterms="NOT FOR USE IN <NORWAY>", ednote="SEE NOTE")

    for shown in (page(item.article), client.get(f"/admin/wire/wireitem/{item.pk}/change/").content.decode()):
        assert "NOT FOR USE IN &lt;NORWAY&gt;" in shown
        assert "SEE NOTE" in shown


def test_editing_page_of_a_story_of_our_own_says_nothing_of_the_wire(send, desk, page):
    send(usageterms="NOT FOR USE IN NORWAY")

    assert "What the agency says" not in page(desk.draft())


@pytest.mark.parametrize("rows", [1, 3])
def test_editing_page_asks_the_wire_once_whatever_a_story_rests_on(
    send, desk, client, django_assert_max_num_queries, rows
):
    article = send().article
    for number in range(rows - 1):
        WireItem.objects.create(source=send.source, guid=f"x{number}", article=article, state="taken", note="N")
    client.force_login(desk.editor)
    address = f"/admin/articles/article/{article.pk}/change/"
    client.get(address)

    with django_assert_max_num_queries(200) as asked:
        client.get(address)

    about = [query["sql"] for query in asked.captured_queries if 'FROM "wire_wireitem"' in query["sql"]]
    assert len([sql for sql in about if 'FROM "articles_article"' not in sql]) == 1


def test_kills_and_embargoes_of_before_are_known_after_the_migration(send, kill, desk):
    migration = import_module("newsroom.wire.migrations.0006_hold_what_was_killed")
    until = timezone.now() + timedelta(hours=5)
    article = send(embargoed=until.isoformat()).article
    kill()
    Article.objects.update(hold_reason="")
    WireItem.objects.update(settled_at=timezone.now(), embargo_until=until, used_embargo="")
    Article.objects.update(embargo_until=until)

    for _ in range(2):
        migration.hold_what_was_killed(apps, None)
        migration.hear_embargoes(apps, None)

    item = WireItem.objects.get()
    assert (held(article), item.settled_at, item.used_embargo) == (True, None, until.isoformat())


def test_kill_that_a_person_has_settled_holds_nothing_after_the_migration(send, kill, desk):
    migration = import_module("newsroom.wire.migrations.0006_hold_what_was_killed")
    article = touched(desk, send().article)
    deciding.settle_kill(kill(), by=desk.editor)

    migration.hold_what_was_killed(apps, None)

    assert (held(article), WireItem.objects.get().settled_by) == (False, desk.editor)
