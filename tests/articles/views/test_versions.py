"""The change log of a story, its earlier versions, and what changed between them."""

import re

import pytest

from articles import publishing
from articles.models import Edition

LINK = re.compile(r'href="(/news/[^"]*versions/[^"]*)"')


def republish(desk, article, *, kind="update", **content):
    desk.approve_again(desk.save(article, **content))
    publishing.publish_update(desk.fresh(article), by=desk.editor, kind=kind)
    return desk.fresh(article)


def correct(desk, article, *, seal=False, notice="It was Thursday.", **content):
    desk.approve_again(desk.save(article, **content))
    publishing.correct(desk.fresh(article), by=desk.editor, notice=notice, seal=seal)
    return desk.fresh(article)


@pytest.fixture
def corrected(desk):
    """First published, updated, repaired and corrected: four versions."""
    article = desk.live(body="<p>The fleet left on Wednesday.</p>")
    article = republish(desk, article, body="<p>The whole fleet left on Wednesday.</p>")
    article = republish(desk, article, kind="minor", standfirst="A slip repaired.")
    return correct(desk, article, body="<p>The whole fleet left on Thursday.</p>")


def address(article):
    return article.representation.get_absolute_url()


def test_article_shows_its_changes_without_small_repairs(client, corrected):
    page = client.get(address(corrected)).content.decode()

    log = page[page.index("Changes to this story") :]
    assert re.findall(r"<strong>([^<]*)</strong>", log)[:3] == ["Correction", "Updated", "First published"]
    assert "It was Thursday." in log
    assert "1 small repair of spelling and form is not listed here." in log
    assert "Small repair" not in log


def test_article_as_first_published_shows_no_log(client, desk):
    page = client.get(address(desk.live())).content.decode()

    assert "Version 1 of this story, as first published." in page
    assert "Changes to this story" not in page


def test_versions_lists_every_one_newest_first(client, corrected):
    page = client.get(f"{address(corrected)}versions/").content.decode()

    listed = re.findall(r"<strong>([^<]*)</strong>", page[page.index('<ol class="change-log">') :])
    assert listed[:4] == ["Correction", "Small repair", "Updated", "First published"]
    assert 'name="robots" content="noindex"' in page


def test_every_link_of_the_log_leads_somewhere(client, corrected):
    pages = [address(corrected), f"{address(corrected)}versions/", f"{address(corrected)}versions/1/"]
    links = {link for page in pages for link in LINK.findall(client.get(page).content.decode())}

    found = {link: client.get(link).status_code for link in links}

    assert len(found) >= 7
    assert set(found.values()) == {200}


def test_version_shows_an_earlier_text_under_every_notice_since(client, corrected):
    page = client.get(f"{address(corrected)}versions/1/").content.decode()

    assert "The fleet left on Wednesday." in page
    assert "You are reading an earlier version" in page
    notice = "<p><strong>Correction.</strong> It was Thursday."
    assert f'<div class="correction" role="note" aria-label="Correction">{notice}' in page
    assert f'rel="canonical" href="http://testserver{address(corrected)}"' in page or "canonical" in page
    assert "versions/4/changes/?since=1" in page


def test_current_version_says_nothing_of_being_old(client, corrected):
    page = client.get(f"{address(corrected)}versions/4/").content.decode()

    assert "You are reading an earlier version" not in page


def test_changes_shows_words_and_parts(client, corrected):
    from_before = client.get(f"{address(corrected)}versions/4/changes/").content.decode()
    from_first = client.get(f"{address(corrected)}versions/4/changes/?since=1").content.decode()

    assert "fleet left on <del>Wednesday</del><ins>Thursday</ins>." in from_before
    assert "Standfirst" not in from_before
    assert "The <ins>whole </ins>fleet left on" in from_first
    assert "Standfirst" in from_first


def test_changes_shows_markup_as_text(client, desk):
    article = desk.live()
    article = republish(desk, article, headline="<script>alert(1)</script>", body="<p>&lt;b&gt;bold&lt;/b&gt;</p>")

    page = client.get(f"{address(article)}versions/2/changes/").content.decode()

    assert "<script>alert" not in page
    assert "&lt;b&gt;bold" in page


@pytest.mark.parametrize(
    "rest", ["9/", "0/", "1/changes/", "2/changes/?since=9", "2/changes/?since=x", "2/changes/?since=", f"{'9' * 40}/"]
)
def test_versions_that_are_not_there_are_not_found(client, corrected, rest):
    assert client.get(f"{address(corrected)}versions/{rest}").status_code == 404


@pytest.mark.parametrize("rest", ["2/changes/?since=%00", "2/changes/?since=%E2%91%A0", "2/changes/?since=1&since=2"])
def test_hostile_numbers_do_no_harm(client, corrected, rest):
    assert client.get(f"{address(corrected)}versions/{rest}").status_code in (200, 404)


@pytest.mark.parametrize("rest", ["1/", "2/changes/", "2/changes/?since=1", "1/changes/?since=2"])
def test_sealed_version_is_gone_with_the_notice(client, desk, rest):
    article = desk.live("Libel", body="<p>Libel stood here.</p>")
    open_before = client.get(f"{address(article)}versions/1/").status_code
    article = correct(desk, article, seal=True, notice="We removed a claim.", headline="Fact", body="<p>Fact.</p>")

    answer = client.get(f"{address(article)}versions/{rest}")

    page = answer.content.decode()
    assert (open_before, answer.status_code) == (200, 410)
    assert "We removed a claim." in page
    assert "Libel" not in page.replace(address(article), "")


def test_log_of_a_sealed_story_links_to_no_sealed_version(client, desk):
    article = correct(desk, desk.live("Libel"), seal=True, headline="Fact")

    page = client.get(f"{address(article)}versions/").content.decode()

    assert "Libel" not in page
    assert page.count("No longer shown") == 1
    assert [link for link in LINK.findall(page) if "/1/" in link or "changes" in link] == []


def test_version_between_two_seals_is_compared_with_what_may_be_shown(client, desk):
    article = correct(desk, desk.live("One"), seal=True, headline="Two")
    article = republish(desk, article, headline="Three")

    page = client.get(f"{address(article)}versions/3/changes/").content.decode()

    assert "<del>Two</del><ins>Three</ins>" in page


@pytest.mark.parametrize("fate", ["withdrawn", "killed"])
def test_versions_of_a_story_that_is_gone_are_gone(client, desk, fate):
    article = getattr(desk, fate)("Secret fleet")

    found = [client.get(f"{address(article)}versions/{rest}") for rest in ("", "1/", "1/changes/")]

    assert [answer.status_code for answer in found] == [410, 410, 410]
    assert all("Secret" not in answer.content.decode().replace(address(article), "") for answer in found)


def test_versions_at_an_old_address_lead_on(client, desk):
    article = desk.live()
    old = address(article)
    republish(desk, article, slug="new-address")

    answer = client.get(f"{old}versions/2/changes/?since=1")

    assert (answer.status_code, answer["Location"]) == (
        301,
        f"{address(desk.fresh(article))}versions/2/changes/?since=1",
    )


def test_version_of_another_story_is_not_shown(client, desk):
    other = desk.live("Other")
    republish(desk, other, headline="Other, changed")
    article = desk.live("Mine")

    assert client.get(f"{address(article)}versions/2/").status_code == 404


@pytest.mark.parametrize("versions", [2, 5])
def test_log_costs_the_same_for_two_and_five_versions(client, desk, django_assert_num_queries, versions):
    article = desk.live()
    for number in range(1, versions):
        article = republish(desk, article, headline=f"Version {number}")
    client.get(f"{address(article)}versions/")

    with django_assert_num_queries(5):
        client.get(f"{address(article)}versions/")


def test_withdrawn_and_published_again_the_story_has_its_versions_back(client, desk):
    article = desk.withdrawn()
    workflow_state = article.work_state
    publishing.publish(article, by=desk.editor)
    article = desk.fresh(article)

    page = client.get(f"{address(article)}versions/").content.decode()

    assert workflow_state == "approved"
    assert Edition.objects.filter(article=article).count() == 2
    assert "First published" in page
