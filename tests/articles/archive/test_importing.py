"""An archive is imported as if each story had been written, approved and published here."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import proposing, publishing, suggestions, workflow
from articles.archive.importing import import_archive
from articles.archive.ninjs import Defaults, read_ninjs_story
from articles.archive.story_format import read_archive_story
from articles.models import (
    Article,
    Author,
    Change,
    EditionTag,
    Listing,
    Mention,
    Quote,
    Representation,
    Tag,
    TaggingRun,
    Transition,
)
from articles.retagging import Due
from articles.states import NotAllowed
from articles.story_files import LONGEST_MARKUP, MAXIMUM_BYTES, UnreadableStory
from entities.models import Entity, Kind

WORDS = "Fog will lift by noon"
# What no reader sees, and what no text can hold.
UNWRITABLE = ["\x00", "\ud800"]
UNSEEN = [*UNWRITABLE, "\u200b", "\u0007", " \u200d "]


def line(identifier: str = "wp-1", **changes: Any) -> str:
    story = {
        "id": identifier,
        "headline": f"Fleet {identifier} returns to port",
        "standfirst": "Forty ships came home to Norway.",
        "published_at": "2024-03-01T08:30:00Z",
        "section": "sea",
        "authors": ["Ana Sample", "Bo Newcomer"],
        "body": f"<p>The Coast Guard of Norway spoke to Norway’s sailors.</p><p>“{WORDS},” said Kari Nord.</p>",
        "tags": [
            {"country": "NO", "role": "about"},
            {"country": "FI"},
            {"entity": "organisation/coast-guard"},
            {"country": "NO"},
        ],
        "quotes": [{"text": WORDS, "speaker": "Kari Nord", "speaker_role": "harbour master", "speaker_country": "NO"}],
    }
    return json.dumps({name: value for name, value in (story | changes).items() if value is not None})


def bring(by, *lines: str):
    return import_archive([read_archive_story(each) for each in lines], source="old-site", by=by)


@pytest.fixture
def guard(norway) -> Entity:
    return Entity.objects.create(
        kind=Kind.ORGANISATION, name="Coast Guard", slug="coast-guard", country=norway.country_facts
    )


@pytest.fixture
def world(desk, norway, finland, guard):
    return desk


@pytest.mark.django_db(transaction=True)
def test_a_story_stands_as_if_it_had_been_published_here(world, norway, finland, guard):
    (outcome,) = bring(world.chief, line())

    article = Article.objects.get(pk=outcome.article_id)
    assert (article.work_state, article.pub_state, article.version) == ("approved", "live", 1)
    assert f"{article.published_at:%Y-%m-%d %H:%M}" == "2024-03-01 08:30"
    assert article.revision.snapshot["headline"] == article.headline
    page = Client().get("/news/2024/03/fleet-wp-1-returns-to-port/")
    assert page.status_code == 200
    document = Client().get(f"/api/v1/articles/{article.uuid}").json()
    assert document["byline"] == "Ana Sample and Bo Newcomer"
    assert [(tag["code"], tag["role"], tag["mention_count"]) for tag in document["countries"]] == [
        ("NO", "about", 2),
        ("FI", "mention", 0),
    ]
    assert [(tag["name"], tag["source"], tag["reviewed"]) for tag in document["entities"]] == [
        ("Coast Guard", "import", True)
    ]
    (quote,) = document["quotes"]
    assert document["body"]["text"][quote["start"] : quote["end"]] == quote["text"] == WORDS
    assert quote["speaker"]["country"] == "NO"
    assert Listing.objects.filter(entity=norway).count() == 1
    assert Change.objects.get().sequence == 1
    assert Transition.objects.get().reason == "Imported from an archive."


@pytest.mark.django_db
def test_what_the_public_gets_is_what_a_rebuild_would_give(world):
    bring(world.chief, line("wp-1"), line("wp-2", related=["wp-1"], published_at="2024-04-01T08:30:00Z"))
    names = ("json", "html", "head", "card", "facts", "lexemes", "earlier", "voices", "earlier_quotes", "etag", "path")
    before = list(Representation.objects.order_by("pk").values(*names))

    refreshed = [publishing.refresh(article) for article in Article.objects.order_by("pk")]

    assert refreshed == [None, None]
    after = list(Representation.objects.order_by("pk").values(*names))
    for then, now in zip(before, after, strict=True):
        assert [name for name in names if then[name] != now[name]] == []
    linking = json.loads(bytes(before[1]["json"]))
    assert [entry["headline"] for entry in linking["related"]] == ["Fleet wp-1 returns to port"]
    assert before[1]["earlier"] == [Article.objects.order_by("pk")[0].pk]


@pytest.mark.django_db
def test_an_imported_story_goes_on_like_any_other(world):
    _, outcome = bring(world.chief, line("wp-1"), line("wp-2", related=["wp-1"]))
    first, second = Article.objects.order_by("pk")

    saved = world.save(second, by=world.chief, headline="Fleet stays at sea", body=second.body + "<p>Later.</p>")
    workflow.submit(saved, by=world.chief)
    workflow.approve(saved, by=world.editor)
    publishing.publish_update(world.fresh(second), by=world.editor)
    world.kill(first)

    document = Client().get(f"/api/v1/articles/{second.uuid}").json()
    assert (document["headline"], document["version"]) == ("Fleet stays at sea", 3)
    assert [quote["text"] for quote in document["quotes"]] == [WORDS]
    assert document["related"] == []
    assert outcome.unknown_links == 0


@pytest.mark.django_db
def test_a_story_is_imported_once(world):
    bring(world.chief, line("wp-1"))

    again, other = bring(world.chief, line("wp-1", headline="Another headline"), line("wp-2"))
    (elsewhere,) = import_archive([read_archive_story(line("wp-1"))], source="other-site", by=world.chief)

    assert (again.is_new, other.is_new, elsewhere.is_new) == (False, True, True)
    assert Article.objects.get(pk=again.article_id).headline == "Fleet wp-1 returns to port"
    assert sorted(Article.objects.values_list("edition__slug", flat=True)) == [
        "fleet-wp-1-returns-to-port",
        "fleet-wp-1-returns-to-port-2",
        "fleet-wp-2-returns-to-port",
    ]


@pytest.mark.django_db
def test_tags_of_an_archive_are_a_persons_and_wait_for_no_tagger(world):
    bring(world.chief, line())

    assert set(TaggingRun.objects.values_list("status", "gazetteer_version")) == {("finished", 0)}
    assert Due().of(Article.objects.all()).count() == 1
    assert {mention.surface for mention in Mention.objects.all()} == {"Norway", "Coast Guard"}
    quote = Quote.objects.get()
    assert (quote.verdict, quote.verdict_by, quote.origin) == ("confirmed", world.chief, "import")


SOLD = {
    "tags": [{"country": "NO", "role": "about"}, {"country": "FI", "role": "about"}],
    "quotes": [{"text": WORDS, "speaker": "Kari Nord", "speaker_role": "harbour master", "speaker_country": "NO"}],
}


LISTED = (("countries", "code"), ("entities", "name"), ("quotes", "text"))


def public(article: Article) -> tuple[list[str], ...]:
    """The countries, entities and quotations that partners get."""
    document = Client().get(f"/api/v1/articles/{article.uuid}").json()
    return tuple([row[key] for row in document[part]] for part, key in LISTED)


@pytest.mark.django_db(transaction=True)
def test_what_nobody_vouches_for_waits_for_a_person(world, norway, finland):
    sold = [read_archive_story(line(**SOLD))]
    import_archive(sold, source="old-site", by=world.chief, as_proposals=True)
    article = Article.objects.get()

    tags = {
        tag.entity_id: (tag.origin, tag.verdict, tag.role, tag.mention_count, tag.reason) for tag in article.tags.all()
    }
    quote = article.quotes.get()
    told = public(article)
    quotes_page = Client().get("/quotes/").content.decode()

    assert tags == {
        norway.pk: ("import", "proposed", "about", 2, "The story came with this tag as what it is about."),
        finland.pk: ("import", "proposed", "mention", 0, "The story came with this tag as what it is about."),
    }
    assert (quote.origin, quote.verdict, quote.verdict_by, quote.speaker_name) == (
        "import",
        "proposed",
        None,
        "Kari Nord",
    )
    assert told == ([], [], [])
    assert WORDS not in quotes_page
    assert not Listing.objects.filter(entity__in=(norway, finland)).exists()


@pytest.mark.django_db(transaction=True)
def test_what_a_person_confirms_is_public_with_the_next_version(world, norway, finland):
    sold = [read_archive_story(line(**SOLD))]
    import_archive(sold, source="old-site", by=world.chief, as_proposals=True)
    article = Article.objects.get()

    suggestions.confirm_tag(article.tags.get(entity=norway), by=world.chief, role="about")
    suggestions.confirm_quote(article.quotes.get(), by=world.chief)
    saved = world.save(article, by=world.chief, body=article.body + "<p>Later.</p>")
    workflow.submit(saved, by=world.chief)
    workflow.approve(saved, by=world.editor)
    publishing.publish_update(world.fresh(article), by=world.editor)

    assert public(article) == (["NO"], [], [WORDS])


@pytest.mark.parametrize("words", [WORDS, f"{WORDS},"], ids=["less than the tagger takes", "what the tagger takes"])
@pytest.mark.django_db
def test_the_tagger_takes_no_proposal_of_an_archive_away_and_no_speaker(world, norway, finland, words):
    sold = SOLD | {"quotes": [SOLD["quotes"][0] | {"text": words}]}
    import_archive([read_archive_story(line(**sold))], source="old-site", by=world.chief, as_proposals=True)
    article = Article.objects.get()

    held = dict(article.tags.values_list("entity", "reason"))
    proposing.suggest(article.revision_id, again=True)

    assert held == {tag.entity_id: tag.reason for tag in article.tags.filter(entity__in=held)}
    tags = article.tags.filter(entity__in=(norway, finland)).order_by("entity__name")
    assert [(tag.entity, tag.origin, tag.verdict) for tag in tags] == [
        (country, "import", "proposed") for country in (finland, norway)
    ]
    (quote,) = article.quotes.all()
    assert (quote.text, quote.origin, quote.verdict) == (words, "import", "proposed")
    assert (quote.speaker_name, quote.speaker_role, quote.speaker_country) == (
        *("Kari Nord", "harbour master"),
        norway.country_facts,
    )


@pytest.mark.django_db
def test_words_of_an_archive_that_a_person_rejects_are_left_to_the_tagger(world):
    import_archive([read_archive_story(line(**SOLD))], source="old-site", by=world.chief, as_proposals=True)
    article = Article.objects.get()
    suggestions.reject(article.quotes.get(), by=world.chief)

    proposing.suggest(article.revision_id, again=True)

    assert sorted(article.quotes.values_list("text", "origin", "verdict")) == [
        (WORDS, "import", "rejected"),
        (f"{WORDS},", "machine", "proposed"),
    ]


@pytest.mark.parametrize(("options", "verdicts"), [((), {"confirmed"}), (("--as-proposals",), {"proposed"})])
@pytest.mark.django_db
def test_command_says_whether_an_archive_is_vouched_for(world, tmp_path: Path, options, verdicts):
    file = tmp_path / "archive.jsonl"
    file.write_text(line())

    call_command("import_archive", str(file), "--source=old-site", *options, stdout=StringIO())

    assert {
        *Quote.objects.values_list("verdict", flat=True),
        *Tag.objects.values_list("verdict", flat=True),
    } == verdicts


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"section": "moon"}, "no section “moon”; the sections are sea"),
        ({"published_at": "2124-03-01T08:30:00Z"}, "still to come"),
        ({"tags": [{"country": "XX"}]}, "no country “XX”"),
        ({"tags": [{"entity": "organisation/nobody"}]}, "no entity “organisation/nobody”"),
        ({"quotes": [{"text": WORDS, "speaker": "K", "speaker_country": "ZZ"}]}, "no country “ZZ”"),
        ({"body": '<p>See</p><figure><img src="/media/x.png" alt="x"></figure>'}, "holds pictures"),
    ],
)
@pytest.mark.django_db
def test_a_story_that_cannot_be_imported_keeps_no_other_out(world, changes, says):
    quotes = changes.get("quotes", [])

    first, bad, last = bring(world.chief, line("wp-1"), line("wp-2", **({"quotes": quotes} | changes)), line("wp-3"))

    assert says in bad.refusal
    assert (first.is_new, bad.is_new, last.is_new, Article.objects.count()) == (True, False, True, 2)


@pytest.mark.django_db
def test_the_same_id_twice_in_a_batch_is_told(world):
    first, second = bring(world.chief, line("wp-1"), line("wp-1"))

    assert (first.is_new, second.refusal) == (True, "“wp-1” stands twice in this archive: the first one was taken.")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "This is not JSON"),
        ("[]", "one JSON object"),
        (line(headline=None), "“headline” is missing"),
        (line(headline="H" * 251), "251 characters; 250 is the most"),
        (line(published_at="yesterday"), "give a moment such as 2026-11-25T08:30:00Z"),
        (line(published_at="2024-13-01T08:30:00Z"), "give a moment such as"),
        (line(published_at="2024-03-01T08:30:00"), "give a moment such as"),
        (line(published_at="0001-01-01T00:00:00Z"), "nothing is older than 1800"),
        (line(published_at="0001-01-01T00:00:00+14:00"), "give a moment such as"),
        (line(published_at="9999-12-31T23:00:00-14:00"), "give a moment such as"),
        (line(language="!!"), "a code such as en or en-GB"),
        (line(language="en_GB"), "a code such as en or en-GB"),
        ("[" * 200_000, "nested far too deep"),
        (line(body="<p> </p>"), "holds no words"),
        (line(title="x"), "“title” is no part of a story"),
        (line(authors=[]), "at least one person"),
        (line(authors="Ana"), "“authors” is a list of texts"),
        (line(tags=[{"country": "NO", "entity": "a/b"}]), "one of them"),
        (line(tags=[{"country": "NO", "role": "hero"}]), "it is one of about, mention"),
        (line(quotes=[{"text": "Never said", "speaker": "Kari"}]), "do not stand in the body"),
        (line(quotes=[{"text": WORDS}]), "“speaker” is missing"),
        (line(may_syndicate="no"), "true or false"),
        (line(related=[7]), "list of texts"),
        (line(version=0), "whole number from 1 on"),
        (line(version="2"), "whole number from 1 on"),
        (line(version=True), "whole number from 1 on"),
        (line(slug="../a b"), "letters of a to z, digits, hyphens and underscores"),
        (line("n" * 161), "longer than 160 characters"),
        (line("wp\u200b1"), "cannot be seen"),
        *((line(headline=sign), "“headline” is missing, or holds nothing") for sign in UNSEEN),
        *((line(standfirst=sign), "“standfirst” is missing, or holds nothing") for sign in UNSEEN),
        *((line(body=f"<p>{sign}</p>"), "“body” holds no words") for sign in UNSEEN),
        *((line(authors=[sign]), "none of them empty") for sign in UNSEEN),
        *((line(quotes=[{"text": sign, "speaker": "K"}]), "“text” is missing, or holds nothing") for sign in UNSEEN),
        *((line(quotes=[{"text": WORDS, "speaker": sign}]), "“speaker” is missing, or") for sign in UNSEEN),
        *((line(tags=[{"entity": f"person/{sign}"}]), "“entity” holds a sign that is none") for sign in UNWRITABLE),
        *((line(tags=[{"country": sign}]), "“country” holds a sign that is none") for sign in UNWRITABLE),
        *((line(related=["wp-2", f"wp{sign}"]), "“related” holds a sign that is none") for sign in UNWRITABLE),
        *((line(section=sign), "“section” holds a sign that is none") for sign in UNWRITABLE),
        (line(quotes=[{"text": WORDS, "speaker": "K" * 201}]), "201 characters; 200 is the most"),
        (line(quotes=[{"text": WORDS, "speaker": "K", "speaker_role": "K" * 201}]), "201 characters; 200"),
    ],
)
def test_a_line_that_is_no_story_says_why(text, says):
    with pytest.raises(UnreadableStory) as refusal:
        read_archive_story(text)

    assert says in refusal.value.message


@pytest.mark.parametrize(
    "body",
    ["<p>" + "é" * (MAXIMUM_BYTES // 2) + "</p><p>and more</p>", "<p>Fog</p>" + "<b></b>" * (LONGEST_MARKUP // 7)],
    ids=["text", "markup"],
)
def test_story_larger_than_any_that_can_be_saved_says_so(body):
    says = "“body” is larger than 5 MB, which no story is: make several of it"
    ninjs = {"uri": "u", "headline": "Fog", "firstCreated": "2024-03-01T08:30:00Z", "body_xhtml": body}

    with pytest.raises(UnreadableStory, match=says):
        read_archive_story(line(body=body, quotes=[]))
    with pytest.raises(UnreadableStory, match=says):
        read_ninjs_story(json.dumps(ninjs), Defaults("sea", "Ana Sample"))


def test_story_of_5_mb_is_one():
    story = read_archive_story(line(body=f"<p>{'word ' * (MAXIMUM_BYTES // 5)}</p>", quotes=[]))

    assert len(story.body.text) > 5_000_000


@pytest.mark.django_db
def test_command_refuses_a_story_that_is_too_large_and_loses_no_other(world, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("articles.story_files.MAXIMUM_BYTES", 2_000)
    file = tmp_path / "archive.jsonl"
    large = line("wp-2", body=f"<p>{'word ' * 500}</p>", quotes=[])
    file.write_text("\n".join([line("wp-1", related=["wp-2"]), large, line("wp-3")]))
    err = StringIO()

    with pytest.raises(CommandError, match="1 line was not imported"):
        call_command("import_archive", str(file), "--source=old-site", stdout=StringIO(), stderr=err)

    assert "Line 2: “body” is larger than" in err.getvalue()
    assert set(Article.objects.values_list("external_id", flat=True)) == {"old-site/wp-1", "old-site/wp-3"}


def test_signs_that_nobody_sees_are_taken_out_of_words():
    story = read_archive_story(line(headline="Fleet\x00 re\u200bturns \ud800", body="<p>Fog\x07 lifts.</p>", quotes=[]))

    assert (story.columns["headline"], story.body.text) == ("Fleet returns", "Fog lifts.")


@pytest.mark.django_db
def test_a_time_zone_that_only_python_knows_is_a_moment_all_the_same(world):
    (outcome,) = bring(world.chief, line(published_at="2024-03-01T08:30:00+23:59"))

    assert Article.objects.get(pk=outcome.article_id).published_at.isoformat() == "2024-02-29T08:31:00+00:00"


@pytest.mark.django_db
def test_nobody_gets_a_page_for_a_story_that_was_refused(world):
    bring(world.chief, line("wp-1"), line("wp-2", section="moon", authors=["Cy Refused"]), line("wp-1", authors=["Di"]))

    assert set(Author.objects.values_list("name", flat=True)) == {"Ana Sample", "Bo Newcomer"}


@pytest.mark.django_db
def test_only_who_may_publish_imports_an_archive(world):
    with pytest.raises(NotAllowed):
        bring(world.journalist, line())


@pytest.mark.django_db
def test_many_stories_take_few_statements_each(world):
    bring(world.chief, line("wp-0"))
    with CaptureQueriesContext(connection) as of_one:
        bring(world.chief, line("wp-1"))
    with CaptureQueriesContext(connection) as of_eleven:
        bring(world.chief, *(line(f"wp-{number}") for number in range(2, 13)))

    assert (len(of_eleven) - len(of_one)) / 10 <= 7


@pytest.mark.django_db
def test_command_tells_a_log_how_far_it_is(world, tmp_path: Path, monkeypatch, capsys):
    file = tmp_path / "archive.jsonl"
    file.write_text("\n".join([line("wp-1"), line("wp-2")]))
    monkeypatch.setattr("articles.progress.WRITTEN_EVERY", 0)

    call_command("import_archive", str(file), "--source=old-site", stdout=StringIO())

    assert "100%  2 stories, " in capsys.readouterr().err


@pytest.mark.django_db
def test_command_imports_refuses_and_goes_on(world, tmp_path: Path):
    file = tmp_path / "archive.jsonl"
    file.write_text("\n".join([line("wp-1"), "{", line("wp-2", section="moon"), "", line("wp-3", related=["wp-9"])]))
    out, err = StringIO(), StringIO()

    with pytest.raises(CommandError, match="2 lines were not imported"):
        call_command("import_archive", str(file), "--source=old-site", stdout=out, stderr=err)
    again = StringIO()
    file.write_text("\n".join([line("wp-1"), line("wp-3"), line("wp-4")]))
    call_command("import_archive", str(file), "--source=old-site", stdout=again)

    assert out.getvalue() == (
        "Imported 2 stories; 0 were here already. Left out 1 link to stories that are not here.\n"
        "2 imported stories wait for the tagger, which does not read them by itself. "
        "Next: .venv/bin/python manage.py retag\n"
    )
    assert "Line 2: This is not JSON" in err.getvalue()
    assert "Line 3: There is no section “moon”" in err.getvalue()
    assert again.getvalue().startswith("Imported 1 story; 2 were here already.\n3 imported stories wait")


@pytest.mark.django_db
def test_command_says_what_the_tagger_has_not_read_yet(world, tmp_path: Path):
    file = tmp_path / "archive.jsonl"
    file.write_text("\n".join([line("wp-1"), line("wp-2")]))
    world.draft("Never imported")
    said = []

    for place in range(3):
        out = StringIO()
        call_command("import_archive", str(file), "--source=old-site", stdout=out)
        said.append(out.getvalue().splitlines()[1:])
        stories = Article.objects.exclude(external_id=None).order_by("pk")
        call_command("retag", "--ids", str(stories[min(place, 1)].pk), stdout=out)

    assert [lines[0].partition(" for the tagger")[0] if lines else "" for lines in said] == [
        "2 imported stories wait",
        "1 imported story waits",
        "",
    ]


@pytest.mark.django_db
def test_shares_of_an_archive_are_the_whole(world, tmp_path: Path):
    file = tmp_path / "archive.jsonl"
    file.write_text("\n".join(line(f"wp-{number}") for number in range(205)))

    counts = []
    for share in ("1/2", "2/2"):
        call_command("import_archive", str(file), "--source=old-site", f"--share={share}", stdout=StringIO())
        counts.append(Article.objects.count())

    assert counts == [105, 205]
    assert EditionTag.objects.count() == 3 * 205


@pytest.mark.parametrize("share", ["0/2", "3/2", "half", "1"])
@pytest.mark.django_db
def test_nonsense_is_no_share(world, tmp_path: Path, share):
    file = tmp_path / "archive.jsonl"
    file.write_text(line())

    with pytest.raises(CommandError, match="is no share"):
        call_command("import_archive", str(file), "--source=old-site", f"--share={share}")

    assert not Article.objects.exists()


@pytest.mark.parametrize("source", ["", " ", "old/site", "s" * 40, "old\nsite"])
@pytest.mark.django_db
def test_nonsense_is_no_archive(tmp_path: Path, source):
    with pytest.raises(CommandError, match="is no name of an archive"):
        call_command("import_archive", str(tmp_path / "archive.jsonl"), f"--source={source}")
