"""Every named constraint of the stories refuses its bad row."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from articles.models import (
    Article,
    ArticleTerm,
    Author,
    Byline,
    Change,
    Comment,
    CommentNotice,
    CommentThread,
    Correction,
    DiaryEntry,
    Edition,
    EditionPicture,
    EditionQuote,
    EditionTag,
    Erasure,
    ExerciseEdition,
    Image,
    Listing,
    MailChoice,
    Mention,
    NewName,
    Notification,
    PreviewLink,
    PublicAddress,
    Quote,
    RelatedLink,
    Rendition,
    ReportedFact,
    Revision,
    SavedList,
    Section,
    Sighting,
    Sitting,
    Storyline,
    StorylineStory,
    Tag,
    TaggingRun,
    WithheldStory,
)
from articles.models.cache_purge import CachePurge
from articles.models.change import ChangeCounter
from articles.models.error_report import ErrorReport
from articles.models.former_address import FormerAddress
from articles.models.front_slot import FrontSlot
from articles.models.public_state import PublicState
from articles.models.representation import AuthorListing
from articles.models.standing_page import StandingPage, StandingPageVersion
from entities.models import Entity


@pytest.fixture
def live(desk, norway):
    """A live story with one row of everything."""
    article = desk.live()
    revision = article.revision
    Tag.objects.create(article=article, entity=norway)
    Quote.objects.create(article=article, revision=revision, text="return", start=0, end=6)
    EditionTag.objects.create(edition=article.edition, entity=norway, role="about", is_reviewed=True)
    EditionQuote.objects.create(
        edition=article.edition, quote=article.quotes.get(), ordinal=1, text="return", start=0, end=6
    )
    TaggingRun.objects.create(revision=revision, started_at=timezone.now())
    Notification.objects.create(user=desk.chief, article=article, message="Look.", occasion="once")
    SavedList.objects.create(owner=desk.chief, name="Mine", query="due=late")
    return article


def bad_rows(article: Article) -> dict[str, models.Model]:
    """A row for each constraint that breaks it and nothing else. `save` inserts or updates it."""
    revision, edition = article.revision, article.edition
    quote, tag = article.quotes.get(), article.tags.get()
    other = Article.objects.create()
    image = {"file": "x.webp", "sha256": "0" * 64, "width": 1, "height": 1}
    shown = Image.objects.create(**image | {"sha256": "9" * 64, "file": "y.webp"})
    rendition = {"image": shown, "kind": "whole", "media_type": "image/avif", "width": 9, "height": 9, "bytes": 1}
    Rendition.objects.create(**rendition, file="a.avif")
    edition_columns = {
        **{field.attname: getattr(edition, field.attname) for field in Edition._meta.fields if field.name != "id"},
        "version": 9,
    }
    plain_change = {"article": article, "kind": "publish", "action": "upsert", "version": 1}
    told, kept = Notification.objects.get(occasion="once"), SavedList.objects.get()
    line = {"user": told.user, "article": article, "message": "Look."}
    return {
        "article_priority_known": Article(priority=9),
        "notification_kind_known": Notification(**line, kind="x"),
        "notification_once_an_occasion": Notification(**line, occasion="once"),
        "notification_mailed_was_to_mail": Notification(**line, mailed_at=timezone.now()),
        "mail_choice_known": MailChoice(user=told.user, when="x"),
        "saved_list_name_once": SavedList(owner=kept.owner, name="Mine", query="due=day"),
        "saved_list_says_what": SavedList(owner=kept.owner, name="Other", query=""),
        "article_term_has_weight": ArticleTerm(article=article, term="x", weight=0, published_at=edition.published_at),
        "section_named": Section(slug="x", name=""),
        "author_named": Author(slug="x", name=""),
        "byline_once_an_article": Byline(article=article, author=article.authors.get()),
        "image_focal_point_inside": Image(**image, focal_x=1.5),
        "rendition_once_a_size": Rendition(**rendition),
        "rendition_has_a_size": Rendition(**rendition | {"width": 0}),
        "tag_once_an_article": Tag(article=article, entity=tag.entity),
        "tag_score_zero_to_one": Tag(article=other, entity=tag.entity, score=1.5),
        "tag_verdict_has_judge": Tag(article=other, entity=tag.entity, verdict="confirmed"),
        "mention_start_before_end": Mention(tag=tag, revision=revision, start=5, end=5, surface="x"),
        "quote_has_words": Quote(article=article, revision=revision, text="", start=0, end=1),
        "quote_confidence_zero_to_one": Quote(
            article=article, revision=revision, text="x", start=0, end=1, confidence=2
        ),
        "quote_anchor_has_place": Quote(article=article, revision=revision, text="x", anchor="kept"),
        "quote_verdict_has_judge": Quote(
            article=article, revision=revision, text="x", start=0, end=1, verdict="rejected"
        ),
        "related_not_to_itself": RelatedLink(article=article, target=article),
        "related_has_title": RelatedLink(article=article),
        "related_verdict_has_judge": RelatedLink(article=article, title="x", verdict="confirmed"),
        "tagging_finished_has_time": TaggingRun(
            revision=Revision.objects.create(article=other, number=1, snapshot={}),
            status="finished",
            started_at=timezone.now(),
        ),
        "revision_number_once_an_article": Revision(article=article, number=1, snapshot={}),
        "revision_number_from_one": Revision(article=article, number=0, snapshot={}),
        "edition_version_once_an_article": Edition(**edition_columns | {"version": edition.version}),
        "edition_version_from_one": Edition(**edition_columns | {"version": 0}),
        "edition_has_headline_and_slug": Edition(**edition_columns | {"headline": ""}),
        "edition_updated_after_first": Edition(
            **edition_columns | {"updated_at": edition.published_at.replace(year=2000)}
        ),
        "edition_tag_once": EditionTag(edition=edition, entity=tag.entity, role="about", is_reviewed=True),
        "edition_tag_salience_zero_to_one": EditionTag(
            edition=edition, entity=make_place(), role="about", is_reviewed=True, salience=3
        ),
        "edition_quote_once": EditionQuote(edition=edition, quote=quote, ordinal=2, text="x", start=0, end=1),
        "edition_quote_ordinal_once": EditionQuote(
            edition=edition, quote=second_quote(quote), ordinal=1, text="x", start=0, end=1
        ),
        "edition_quote_start_before_end": EditionQuote(
            edition=edition, quote=second_quote(quote), ordinal=3, text="x", start=1, end=1
        ),
        "public_address_one_current": PublicAddress(path="2026/01/x", article=article),
        "listing_once": Listing(article=article, entity=listed(article), role="about", published_at=timezone.now()),
        "change_counter_one_row": ChangeCounter(id=2),
        "change_action_follows_kind": Change(**plain_change | {"kind": "kill", "must_purge": True}),
        "change_kill_must_be_purged": Change(**plain_change | {"kind": "kill", "action": "remove"}),
        "erasure_names_its_order": Erasure(article=article, operator="root", erased={}),
        "erasure_names_who": Erasure(article=article, reference="An order", erased={}),
        "correction_has_notice": Correction(
            article=article, edition=edition, notice="", revision_before=revision, revision_after=revision
        ),
        **bad_names(article),
        **bad_comments(article),
        **bad_pages(article),
        **bad_states(),
        **bad_places(article),
        **bad_public_rows(article),
        **bad_desk_rows(article),
    }


def bad_names(article: Article) -> dict[str, models.Model]:
    named, other = (NewName.objects.create(name=name, key=name, kind="person") for name in ("ana", "bo"))
    place = {"article": article, "revision": article.revision, "count": 1, "start": 0, "end": 3}
    Sighting.objects.create(new_name=named, **place)
    return {
        "new_name_once_a_kind": NewName(name="Ana", key="ana", kind="person"),
        "new_name_not_empty": NewName(name="", key="", kind="person"),
        "new_name_confirmed_has_entity": NewName(
            name="x", key="x", kind="unit", verdict="rejected", **judged(article), entity=Entity.objects.first()
        ),
        "new_name_verdict_has_judge": NewName(name="x", key="x", kind="unit", verdict="rejected"),
        "sighting_once_a_story": Sighting(new_name=named, **place),
        "sighting_start_before_end": Sighting(new_name=other, **place | {"end": 0}),
        "sighting_counts_from_one": Sighting(new_name=other, **place | {"count": 0}),
    }


def bad_comments(article: Article) -> dict[str, models.Model]:
    about = {"article": article, "made_on": article.revision, "touched_at": timezone.now()}
    thread = CommentThread.objects.create(**about)
    comment = Comment.objects.create(thread=thread, created_by=article.created_by, text="Look.")
    CommentNotice.objects.create(comment=comment, user=article.created_by)
    return {
        "comment_thread_anchor_has_place": CommentThread(**about, field="body", words="x", anchor="kept"),
        "comment_thread_resolved_has_person": CommentThread(**about, resolved_at=timezone.now()),
        "comment_has_words_or_is_deleted": Comment(thread=thread, created_by=article.created_by, text=""),
        "comment_notice_once_a_person": CommentNotice(comment=comment, user=article.created_by),
    }


def bad_pages(article: Article) -> dict[str, models.Model]:
    """Of what people have open, share and show: sittings, preview links, pictures in the text, the primary country."""
    person, now = article.created_by, timezone.now()
    Sitting.objects.create(article=article, user=person, tab="one")
    link = {"article": article, "created_by": person, "created_at": now}
    image = Image.objects.create(file="y.webp", sha256="1" * 64, width=1, height=1)
    EditionPicture.objects.create(edition=article.edition, image=image, ordinal=0)
    Tag.objects.filter(article=article).update(is_primary_by_person=True)
    return {
        "sitting_once_a_tab": Sitting(article=article, user=person, tab="one"),
        "sitting_words_know_their_base": Sitting(article=article, user=person, tab="two", base_version=1),
        "preview_link_ends_after_begin": PreviewLink(**link, expires_at=now - timedelta(days=1)),
        "preview_link_revoked_by_somebody": PreviewLink(**link, expires_at=now + timedelta(days=1), revoked_at=now),
        "edition_picture_once": EditionPicture(edition=article.edition, image=image, ordinal=1),
        "tag_one_primary_by_person": Tag(article=article, entity=make_place("other"), is_primary_by_person=True),
    }


def bad_places(article: Article) -> dict[str, models.Model]:
    """Of the front page: its places, each with one story."""
    section, now = article.edition.section, timezone.now()
    by = {"placed_by": article.created_by}
    FrontSlot.objects.create(place="lead", ordinal=1, story=article, **by)
    FrontSlot.objects.create(place="section", ordinal=1, section=section, story=article, **by)
    page = make_place("pinned")
    FrontSlot.objects.create(place="entity", ordinal=1, entity=page, story=article, **by)
    other = Article.objects.create()
    return {
        "front_slot_filled_once_on_page": FrontSlot(place="lead", ordinal=1, story=other, **by),
        "front_slot_story_once_at_home": FrontSlot(place="secondary", ordinal=1, story=article, **by),
        "front_slot_story_once_in_section": FrontSlot(place="section", ordinal=2, section=section, story=article, **by),
        "front_slot_story_once_on_page": FrontSlot(place="entity", ordinal=2, entity=page, story=article, **by),
        "front_slot_number_fits_place": FrontSlot(place="secondary", ordinal=5, story=other, **by),
        "front_slot_entity_only_if_pinned": FrontSlot(place="entity", ordinal=3, story=other, **by),
        "front_slot_section_only_if_pinned": FrontSlot(place="section", ordinal=3, story=other, **by),
        "front_slot_says_something": FrontSlot(place="breaking", ordinal=1, until=now, **by),
    }


def bad_public_rows(article: Article) -> dict[str, models.Model]:
    """Of what readers see and send: reports of errors, pages about the paper, addresses, the state of lists."""
    now = timezone.now()
    report = {"article": article, "version": 1, "sender": "x"}
    page = StandingPage.objects.create(slug="x", title="X", updated_at=now)
    version = {"page": page, "title": "X", "is_public": True, "at": now, "by": article.created_by}
    StandingPageVersion.objects.create(**version, number=1)
    listing = {"article": article, "author_slug": "x", "published_at": now}
    AuthorListing.objects.create(**listing)
    return {
        "error_report_has_message": ErrorReport(**report, message=""),
        "error_report_handled_by_person": ErrorReport(**report, message="Wrong.", state="resolved"),
        "standing_page_has_slug_and_title": StandingPage(slug="y", title="", updated_at=now),
        "standing_page_version_once": StandingPageVersion(**version, number=1),
        "author_listing_once": AuthorListing(**listing),
        "former_address_of_one_subject": FormerAddress(path="/sections/x/"),
        "public_state_one_row": PublicState(id=2, at=now),
        "cache_purge_one_row": CachePurge(id=2, epoch=uuid.uuid4(), sequence=0),
    }


def bad_desk_rows(article: Article) -> dict[str, models.Model]:
    """Of what the desk keeps beside its stories: storylines, exercises as reported, the diary."""
    by = {"made_by": article.created_by, "changed_by": article.created_by}
    line = Storyline.objects.create(slug="cable", title="The cable", **by)
    place = {"storyline": line, "article": article, "added_by": article.created_by}
    StorylineStory.objects.create(**place, ordinal=1)
    other = Article.objects.create()
    exercise = Entity.objects.create(kind="exercise", name="Lantern", slug="lantern")
    held = ExerciseEdition.objects.create(exercise=exercise, year=2026, **by)
    figure = {
        "edition": held,
        "kind": "figure",
        "label": "personnel",
        "article": article,
        "added_by": article.created_by,
    }
    ReportedFact.objects.create(**figure, value=9000)
    WithheldStory.objects.create(external_id="old/1", reason="its status is “canceled”")
    today = timezone.localdate()
    entry = {"title": "Vote", "starts": today, "ends": today, **by}
    return {
        "storyline_has_slug_and_title": Storyline(slug="x", title="", **by),
        "storyline_state_known": Storyline(slug="y", title="Y", state="lost", **by),
        "storyline_has_story_once": StorylineStory(**place, ordinal=2),
        "storyline_number_from_one": StorylineStory(**place | {"article": other}, ordinal=0),
        "exercise_edition_once": ExerciseEdition(exercise=exercise, year=2026, **by),
        "exercise_edition_year_possible": ExerciseEdition(exercise=exercise, year=1800, **by),
        "reported_fact_once_a_source": ReportedFact(**figure, value=9000),
        "reported_fact_fits_its_kind": ReportedFact(**figure | {"kind": "host"}, value=1),
        "diary_entry_titled": DiaryEntry(**entry | {"title": ""}),
        "diary_entry_ends_after_it_starts": DiaryEntry(**entry | {"starts": today + timedelta(days=1)}),
        "diary_entry_kind_known": DiaryEntry(**entry, kind="party"),
        "diary_entry_precision_known": DiaryEntry(**entry, precision="hour"),
        "withheld_story_once_a_version": WithheldStory(external_id="old/1", reason="its status is “canceled”"),
        "withheld_story_lifted_by_somebody": WithheldStory(external_id="old/2", lifted_at=timezone.now()),
        "notification_leads_somewhere": Notification(user=article.created_by, message="Look."),
    }


def judged(article: Article) -> dict[str, object]:
    return {"verdict_by": article.created_by, "verdict_at": timezone.now()}


def bad_states() -> dict[str, Article]:
    return {
        "article_work_state_known": Article(work_state="lost"),
        "article_pub_state_known": Article(pub_state="lost"),
        "article_scheduled_only_when_approved": Article(
            pub_state="scheduled", publish_at=timezone.now(), scheduled_by_id=1
        ),
        "article_publish_at_when_scheduled": Article(publish_at=timezone.now()),
        "article_approved_names_its_revision": Article(work_state="approved"),
        "article_public_means_edition": Article(pub_state="live"),
        "article_update_waits_only_when_live_and_approved": Article(update_at=timezone.now()),
        "article_waiting_correction_has_notice": Article(update_position="top"),
        "article_urgency_one_to_eight": Article(urgency=9),
    }


def make_place(slug: str = "place"):
    return Entity.objects.create(kind="place", name="Place", slug=slug)


def second_quote(quote: Quote) -> Quote:
    return Quote.objects.create(article=quote.article, revision=quote.revision, text="x", start=0, end=1)


def listed(article: Article):
    entity = article.tags.get().entity
    Listing.objects.create(article=article, entity=entity, role="about", published_at=timezone.now())
    return entity


def test_every_constraint_refuses_its_bad_row(live):
    refused = {}

    for name, row in bad_rows(live).items():
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            row.save(force_insert=True)
        refused[name] = error.value.__cause__.diag.constraint_name

    assert refused == {name: name for name in refused}


def test_every_declared_constraint_is_tested(live):
    declared = {
        constraint.name
        for model in Article._meta.apps.get_app_config("articles").get_models()
        for constraint in model._meta.constraints
    }
    # Shown by other tests: these need two rows of the same kind.
    elsewhere = {
        "mention_once_a_place",
        "related_target_once",
        "edition_related_ordinal_once",
        "storyline_number_taken_once",
    }

    assert declared - set(bad_rows(live)) == elsewhere


def test_a_number_of_a_storyline_is_taken_once(live):
    """At the end of a transaction, for a story that moves pushes others."""
    by = live.created_by
    line = Storyline.objects.create(slug="cable", title="The cable", made_by=by, changed_by=by)
    for article in (live, Article.objects.create()):
        StorylineStory.objects.create(storyline=line, article=article, ordinal=1, added_by=by)

    with pytest.raises(IntegrityError, match="storyline_number_taken_once"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS storyline_number_taken_once IMMEDIATE")


def test_a_mention_stands_once_at_a_place(live):
    place = {"tag": live.tags.get(), "revision": live.revision, "start": 0, "end": 3, "surface": "The"}
    Mention.objects.create(**place)

    with pytest.raises(IntegrityError, match="mention_once_a_place"):
        Mention.objects.create(**place)


def test_a_related_story_is_linked_once(live, desk):
    other = desk.draft("Other")
    RelatedLink.objects.create(article=live, target=other)

    with pytest.raises(IntegrityError, match="related_target_once"):
        RelatedLink.objects.create(article=live, target=other)


def test_related_entries_of_an_edition_have_places_of_their_own(live):
    live.edition.related.create(ordinal=1, kind="unresolved", title="One")

    with pytest.raises(IntegrityError, match="edition_related_ordinal_once"):
        live.edition.related.create(ordinal=1, kind="unresolved", title="Two")
