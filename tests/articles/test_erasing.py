"""Sealed text destroyed on an order: what goes, what stays, and that nothing else can go."""

from __future__ import annotations

import hashlib
import io
from decimal import Decimal

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError, connection, transaction

from articles import erasing, exercise_facts, proposing, publishing, suggestions
from articles.comment_anchors import Marked
from articles.commenting import comment
from articles.erasing import erase
from articles.history import history_page
from articles.models import Article, Edition, EditionTag, Erasure, ReportedFact, Revision
from articles.revisions import restore_revision
from articles.states import GuardFailed

SECRET = "Zanzibar"
WORDS = f"the {SECRET} convoy leaves on Friday"
ORDER = "High Court, QB-2026-001, 16 November 2026"


def every_row() -> str:
    """All that the database holds of articles, and what the desk wrote down of its changes, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
            " AND (table_name LIKE 'articles\\_%%' OR table_name = 'django_admin_log') AND table_type = 'BASE TABLE'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        rows = []
        for table in tables:
            cursor.execute(f"SELECT coalesce(jsonb_agg(to_jsonb(t))::text, '') FROM \"{table}\" t")
            rows.append(f"{table}: {cursor.fetchone()[0]}")
    return "\n".join(rows)


def tables_with(words: str) -> set[str]:
    return {line.partition(":")[0] for line in every_row().splitlines() if words.lower() in line.lower()}


@pytest.fixture
def secret(desk, norway, edition) -> Article:
    """Live, with the secret in every part, with a quotation, a tag, a comment and facts of an exercise on it."""
    article = desk.draft(
        f"{SECRET} convoy",
        slug="convoy",
        slugline=f"{SECRET}-convoy",
        standfirst=f"It goes to {SECRET}.",
        body=f"<p>The general said “{WORDS}”. Norway waits.</p>",
        dateline=SECRET.upper(),
    )
    start = article.revision.text.index(WORDS)
    proposing.suggest(article.revision_id)
    suggestions.add_quote(article, start=start, end=start + len(WORDS), by=desk.editor, speaker_name="General Sample")
    suggestions.add_tag(article, norway, by=desk.editor, role="about")
    comment(article, by=desk.editor, text=f"Who told us of {SECRET}?", marked=Marked("body", WORDS))
    count(edition, article, f"{SECRET} lorries", by=desk.editor)
    exercise_facts.take_back(count(edition, article, f"{SECRET} cars", by=desk.editor), by=desk.editor)
    publishing.publish(desk.approve_again(article), by=desk.editor)
    return desk.fresh(article)


def count(edition, article, label, *, by) -> ReportedFact:
    given = {"kind": "figure", "label": label, "value": Decimal(40)}
    return exercise_facts.report(edition, by=by, article=article, **given)


@pytest.fixture
def sealed(desk, secret) -> Article:
    harmless = {"headline": "Convoy", "standfirst": "It goes.", "body": "<p>Nothing more.</p>", "dateline": ""}
    desk.save(secret, slugline="convoy", **harmless)
    suggestions.reject(secret.quotes.get(), by=desk.editor)
    desk.approve_again(desk.fresh(secret))
    publishing.correct(desk.fresh(secret), by=desk.editor, notice="We said too much.", seal=True)
    return desk.fresh(secret)


def test_erase_leaves_no_word_of_a_sealed_version(sealed) -> None:
    before = tables_with(SECRET)
    text = sealed.editions.get(version=1).text

    erasure = erase(sealed, reference=ORDER, operator="root")

    assert {"articles_edition", "articles_revision", "articles_quote", "articles_commentthread"} <= before
    assert {"articles_reportedfact", "django_admin_log"} <= before
    assert tables_with(SECRET) == set()
    assert erasure.erased["versions"] == [{"version": 1, "sha256": hashlib.sha256(text.encode()).hexdigest()}]
    assert (erasure.revisions, erasure.reference, erasure.operator) == ([1], ORDER, "root")


def test_erase_keeps_rows_numbers_and_what_the_public_has(client, sealed) -> None:
    erase(sealed, reference=ORDER, operator="root")

    edition, revision = sealed.editions.get(version=1), sealed.revisions.get(number=1)
    assert (edition.is_erased, revision.is_erased, revision.text_sha256 != "") == (True, True, True)
    assert sealed.editions.count() == 2
    address = sealed.representation.get_absolute_url()
    assert "Nothing more." in client.get(address).content.decode()
    assert client.get(f"{address}versions/1/").status_code == 410


def test_erase_of_a_killed_story_takes_the_working_copy_too(desk, secret) -> None:
    desk.save(secret, standfirst=f"A later draft on {SECRET}.")
    publishing.kill(secret, by=desk.chief, reason="An order.", public_note="Removed.", confirmation="convoy")

    erase(secret, reference=ORDER, operator="root")

    assert tables_with(SECRET) == set()
    killed = desk.fresh(secret)
    assert (killed.pub_state, killed.headline, killed.representation.public_note) == ("killed", "", "Removed.")


def lines_of(edition) -> list[str]:
    return list(LogEntry.objects.filter(object_id=edition.pk).order_by("pk").values_list("change_message", flat=True))


def test_erase_destroys_facts_that_were_read_in_it_and_no_others(desk, sealed, edition) -> None:
    number = sealed.pk
    kept = count(edition, sealed, "ships", by=desk.editor)
    other = count(edition, desk.live("Other"), "lorries", by=desk.editor)

    erase(sealed, reference=ORDER, operator="root")

    assert set(ReportedFact.objects.all()) == {kept, other}
    assert lines_of(edition) == [
        f"Written down from #{number}: [erased]",
        f"Written down from #{number}: [erased]",
        f"Taken back from #{number}: [erased]",
        f"Written down from #{number} “Convoy”: ships 40",
        f"Written down from #{other.article_id} “Other”: lorries 40",
    ]


def test_erase_leaves_a_fact_that_was_confirmed_since(desk, sealed, edition) -> None:
    fact = ReportedFact.objects.get()
    exercise_facts.confirm(fact, by=desk.editor)

    erase(sealed, reference=ORDER, operator="root")

    assert ReportedFact.objects.get() == fact
    # It is what the headline was then that goes.
    assert lines_of(edition)[0] == f"Written down from #{sealed.pk}: {fact.says}"


def test_erase_destroys_a_fact_from_before_the_seal_of_which_the_version_is_not_known(desk, sealed, edition) -> None:
    after = count(edition, sealed, "ships", by=desk.editor)
    ReportedFact.objects.update(revision=None)
    LogEntry.objects.update(change_message=f"Figures: {SECRET} lorries 40")

    erase(sealed, reference=ORDER, operator="root")

    assert ReportedFact.objects.get() == after
    assert set(lines_of(edition)) == {"Figures: [erased]"}


def test_erase_makes_up_for_facts_that_an_earlier_one_has_left(sealed, monkeypatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(erasing, "destroy_facts", lambda *args, **kwargs: None)
        erase(sealed, reference=ORDER, operator="root")
    assert ReportedFact.objects.exists()

    again = erase(sealed, reference=ORDER, operator="root")

    assert (again.versions, again.revisions, ReportedFact.objects.exists()) == ([], [], False)
    assert tables_with(SECRET) == set()


def test_erase_refuses_what_is_not_sealed(desk, sealed) -> None:
    with pytest.raises(GuardFailed, match="Version 2 is not sealed"):
        erase(sealed, reference=ORDER, operator="root", versions=[2])
    with pytest.raises(GuardFailed, match="has no version 9"):
        erase(sealed, reference=ORDER, operator="root", versions=[9])
    with pytest.raises(GuardFailed, match="No version of “Open” is sealed"):
        erase(desk.live("Open"), reference=ORDER, operator="root")
    with pytest.raises(GuardFailed, match="Name the order"):
        erase(sealed, reference=" ", operator="root")

    assert not Erasure.objects.exists()


def test_erase_twice_does_no_harm(sealed) -> None:
    erase(sealed, reference=ORDER, operator="root")
    rows = every_row()

    again = erase(sealed, reference=ORDER, operator="root")

    assert again is None
    assert every_row() == rows


def test_erase_spares_a_text_that_is_public_still(desk) -> None:
    """A correction without new words: the sealed version and the public one were made of one revision."""
    article = desk.live()
    publishing.correct(article, by=desk.editor, notice="A wrong tag.", seal=True)

    erase(article, reference=ORDER, operator="root")

    assert desk.fresh(article).revision.text.startswith("The minister said")
    assert article.editions.get(version=1).text == ""


def test_erase_is_told_in_the_history_and_the_revision_cannot_come_back(desk, sealed) -> None:
    erase(sealed, reference=ORDER, operator="root")

    log = [event for event in history_page(sealed, kind="log").events if "destroyed" in event.says]
    assert [(event.says, ORDER in event.note) for event in log] == [("Sealed text destroyed by root", True)]
    with pytest.raises(GuardFailed, match="was destroyed on an order"):
        restore_revision(sealed.revisions.get(number=1), expected_version=sealed.lock_version, by=desk.editor)


def test_erase_cut_short_leaves_nothing_half_done(sealed, monkeypatch) -> None:
    rows = every_row()
    monkeypatch.setattr(erasing, "destroy_copies", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        erase(sealed, reference=ORDER, operator="root")

    assert every_row() == rows


@pytest.mark.parametrize("table", ["edition", "revision", "tag"])
def test_database_destroys_nothing_without_the_trace_of_it(sealed, table) -> None:
    changes = {
        "edition": lambda: Edition.objects.filter(article=sealed, version=1).update(text=""),
        "revision": lambda: Revision.objects.filter(article=sealed, number=1).update(text=""),
        "tag": lambda: EditionTag.objects.filter(edition__article=sealed, edition__version=1).delete(),
    }

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        changes[table]()


@pytest.mark.parametrize("table", ["open edition", "numbers", "newest revision", "public revision", "another story"])
def test_database_destroys_nothing_else_in_an_erasure(desk, sealed, table) -> None:
    other = desk.killed("Other")
    Erasure.objects.create(article=sealed, reference=ORDER, operator="root", erased={})
    editions, revisions = Edition.objects.filter(article=sealed), Revision.objects.filter(article=sealed)
    changes = {
        "open edition": lambda: editions.filter(version=2).update(text=""),
        "numbers": lambda: editions.filter(version=1).update(version=7),
        "newest revision": lambda: revisions.filter(pk=sealed.revision_id).update(text=""),
        "public revision": lambda: revisions.filter(editions__version=2).update(note="forged"),
        "another story": lambda: Edition.objects.filter(article=other).update(text=""),
    }

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        changes[table]()


def test_an_erasure_is_never_changed(sealed) -> None:
    erasure = erase(sealed, reference=ORDER, operator="root")

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Erasure.objects.filter(pk=erasure.pk).update(reference="forged")


def run(article: Article, *options: str) -> str:
    out = io.StringIO()
    call_command("erase", str(article.pk), f"--reference={ORDER}", "--operator=root", *options, stdout=out)
    return out.getvalue()


def test_command_asks_and_destroys(sealed, monkeypatch) -> None:
    monkeypatch.setattr("builtins.input", lambda prompt: f" ERASE  {sealed.pk} ")

    told = run(sealed)

    assert "the text of its sealed versions 1" in told
    assert "Destroyed: 1 versions, 1 revisions." in told
    assert tables_with(SECRET) == set()


@pytest.mark.parametrize("typed", ["", "yes", "erase"])
def test_command_does_nothing_without_the_word(sealed, monkeypatch, typed) -> None:
    monkeypatch.setattr("builtins.input", lambda prompt: typed)

    with pytest.raises(CommandError, match="Nothing was destroyed"):
        run(sealed)

    assert not Erasure.objects.exists()


def test_command_runs_twice_and_says_so(sealed) -> None:
    run(sealed, "--yes")

    assert "it was done before" in run(sealed, "--yes")
    assert Erasure.objects.count() == 1


@pytest.mark.parametrize("named", ["number", "uuid", "address"])
def test_command_finds_the_story(sealed, named) -> None:
    story = {
        "number": str(sealed.pk),
        "uuid": str(sealed.uuid),
        "address": f"https://example.org{sealed.representation.get_absolute_url()}",
    }[named]

    call_command("erase", story, f"--reference={ORDER}", "--operator=root", "--yes", stdout=io.StringIO())

    assert sealed.erasures.count() == 1


@pytest.mark.parametrize("story", ["999999", "2026/11/nothing", "00000000-0000-0000-0000-000000000000", "9" * 40])
def test_command_says_when_there_is_no_such_story(db, story) -> None:
    with pytest.raises(CommandError, match="There is no story"):
        call_command("erase", story, f"--reference={ORDER}", "--yes")


@pytest.mark.parametrize("versions", ["x", "1,", "", "2"])
def test_command_refuses_versions_that_cannot_go(sealed, versions) -> None:
    with pytest.raises(CommandError):
        run(sealed, "--yes", f"--versions={versions}")

    assert not Erasure.objects.exists()


@pytest.mark.promise
@pytest.mark.django_db(transaction=True)
def test_erase_whose_connection_dies_leaves_nothing_half_done(sealed, monkeypatch) -> None:
    rows = every_row()

    def die(*args, **kwargs) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(erasing, "destroy_copies", die)
    with pytest.raises(OperationalError):
        erase(sealed, reference=ORDER, operator="root")
    connection.close()

    assert every_row() == rows
