from datetime import date

import pytest

from articles import proposing
from articles.models import Article, Image, PublicAddress
from articles.publish_checks import publish_checks


def test_a_whole_story_has_no_blocker(desk):
    checks = publish_checks(desk.draft())

    assert checks.blockers == ()
    assert checks.blocking == ()


def test_an_empty_story_names_everything_it_lacks(desk):
    article = desk.draft(headline="", standfirst="", section=None, authors=[], body="")

    assert publish_checks(article).blockers == (
        "The headline is missing.",
        "The standfirst is missing.",
        "No section is chosen.",
        "No author is named.",
        "The body is empty.",
    )


def test_a_picture_needs_alt_credit_and_rights(desk):
    image = Image(sha256="0" * 64, width=1, height=1, expires_on=date(2020, 1, 2))
    Image.objects.bulk_create([image])
    article = desk.draft(image=image)

    assert publish_checks(article).blockers == (
        "The picture has no text alternative: say what it shows.",
        "The picture has no credit.",
        "The rights of the picture ended on 2 January 2020: choose another.",
    )


def test_a_link_to_a_story_that_is_not_live_blocks(desk):
    live, withdrawn = desk.live("Alive"), desk.withdrawn("Gone")
    paths = {article: PublicAddress.objects.get(article=article).path for article in (live, withdrawn)}
    links = "".join(f'<p><a href="/news/{path}/">link</a></p>' for path in paths.values())

    article = desk.draft(body=links + '<p><a href="https://example.org/news/">elsewhere</a></p>')

    assert publish_checks(article).blockers == (
        f"The link to /news/{paths[withdrawn]}/ leads to no live story of ours.",
    )


def test_unfinished_tagging_and_undecided_quotes_warn(desk, norway):
    article = desk.draft(body="<p>Norway said it would “stay in the ice until the spring”.</p>")
    before = publish_checks(article).warnings
    proposing.suggest(article.revision_id)

    after = publish_checks(Article.objects.get(pk=article.pk)).warnings

    assert before == ("The tagger has not finished with this version yet.",)
    assert after == ("1 proposed quotation not decided: they stay out of this edition.",)


@pytest.mark.parametrize(
    ("content", "warning"),
    [
        ({"headline": "Navy buys 34 ships"}, "The headline says 34, the body does not."),
        (
            {"body": "<h3>First</h3><p>Text.</p>"},
            "The first heading is a third-level one: make it second-level.",
        ),
        (
            {"body": f"<p>Long {'word ' * 130}</p>"},
            "The paragraph that begins “Long word word word word word word word…” has 131 words.",
        ),
    ],
)
def test_what_an_editor_should_look_at_twice_warns(desk, content, warning):
    assert warning in publish_checks(desk.draft(**content)).warnings


@pytest.mark.parametrize(
    "content",
    [
        {"headline": "Su-34 lands", "body": "<p>It landed.</p>"},
        {"headline": "Navy buys 34 ships", "body": "<p>It bought 34.</p>"},
        {"body": "<h2>First</h2><h3>Second</h3><p>Text.</p>"},
    ],
)
def test_what_is_in_order_does_not_warn(desk, content):
    warnings = set(publish_checks(desk.draft(**content)).warnings)

    assert warnings == {"The tagger has not finished with this version yet."}


def test_a_related_story_that_was_withdrawn_warns(desk):
    article = desk.draft(related=[{"target": desk.withdrawn("Gone")}])

    assert "The related story “Gone” is withdrawn and will not be shown." in publish_checks(article).warnings


def test_a_slug_that_will_move_the_address_warns(desk):
    article = desk.save(desk.live(), by=desk.editor, slug="elsewhere")

    assert (
        "The address will change from “fleet-returns-to-port” to “elsewhere”; the old one leads on."
        in publish_checks(article).warnings
    )
