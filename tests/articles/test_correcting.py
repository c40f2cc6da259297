import pytest

from articles import publishing, suggestions, workflow
from articles.documents import document_of
from articles.models import Correction, Quote
from articles.models.verdict import Verdict
from articles.states import GuardFailed, NotAllowed

WORDS = "return to port by Friday"


def changed(desk, **content):
    return desk.approve_again(desk.save(desk.live(), **(content or {"headline": "Corrected"})))


def quoting(desk, norway):
    """Live, with a confirmed quotation and a tag."""
    article = desk.draft()
    start = article.revision.text.index(WORDS)
    suggestions.add_quote(article, start=start, end=start + len(WORDS), by=desk.editor, speaker_name="Ana Sample")
    suggestions.add_tag(article, norway, by=desk.editor)
    publishing.publish(desk.approve_again(article), by=desk.editor)
    return desk.fresh(article)


def test_correct_needs_a_notice(desk):
    article = desk.approve_again(desk.save(desk.live(), headline="Corrected"))

    with pytest.raises(GuardFailed, match="needs its public notice"):
        publishing.correct(article, by=desk.editor, notice=" ")


def test_correct_tells_readers_and_partners(desk):
    article = desk.approve_again(desk.save(desk.live(), headline="Corrected"))

    publishing.correct(article, by=desk.editor, notice="The port was wrong.")

    article = desk.fresh(article)
    change = article.changes.order_by("-id").first()
    document = document_of(article)
    assert (change.kind, change.public_note, change.version) == ("correct", "The port was wrong.", 2)
    assert [entry["notice"] for entry in document["corrections"]] == ["The port was wrong."]
    assert "The port was wrong." in article.representation.html
    assert not article.editions.exclude(sealed_at=None).exists()


def test_correct_can_seal_what_was_published_before(desk):
    article = desk.approve_again(desk.save(desk.live(), headline="Corrected"))

    publishing.correct(article, by=desk.editor, notice="Removed a name.", seal=True)

    sealed = {edition.version: edition.sealed_at is not None for edition in article.editions.all()}
    assert sealed == {1: True, 2: False}


@pytest.mark.parametrize("wrong", [{"kind": "rumour"}, {"position": "middle"}])
def test_correct_refuses_a_kind_or_place_that_is_none(desk, wrong):
    article = changed(desk)

    with pytest.raises(GuardFailed, match="Choose what kind of notice"):
        publishing.correct(article, by=desk.editor, notice="It was wrong.", **wrong)

    assert not Correction.objects.exists()


def test_correct_without_new_words_adds_the_notice_alone(desk):
    article = desk.live()

    publishing.correct(article, by=desk.editor, notice="More context.", kind="clarification", position="foot")

    correction = desk.fresh(article).corrections.get()
    assert (correction.kind, correction.position, correction.revision_before) == (
        "clarification",
        "foot",
        correction.revision_after,
    )


def test_correct_takes_back_a_quotation_whose_words_have_gone(desk, norway):
    article = quoting(desk, norway)
    article = desk.save(article, body="<p>The minister said nothing.</p>")
    workflow.submit(article, by=desk.journalist)
    quote = article.quotes.get()
    suggestions.reconsider(quote, by=desk.editor)
    workflow.approve(article, by=desk.editor)
    judged = {"verdict": Verdict.CONFIRMED, "verdict_by": desk.editor, "verdict_at": article.saved_at}
    Quote.objects.filter(pk=quote.pk).update(**judged)

    publishing.correct(article, by=desk.editor, notice="He never said it.", retracts=[article.quotes.get()])

    article = desk.fresh(article)
    assert article.quotes.get().verdict == Verdict.REJECTED
    assert list(article.corrections.get().retracts.all()) == [quote]
    assert article.edition.quotes.count() == 0


def test_correct_marks_a_retracted_quotation_that_stays_in_the_text(desk, norway):
    article = quoting(desk, norway)

    publishing.correct(article, by=desk.editor, notice="He denies it.", retracts=[article.quotes.get()])

    document = document_of(desk.fresh(article))
    assert [quote["retraction"] for quote in document["quotes"]] == ["He denies it."]
    assert 'class="quotation is-retracted"' in desk.fresh(article).representation.html


def test_correct_takes_back_a_tag(desk, norway):
    article = quoting(desk, norway)

    publishing.correct(article, by=desk.editor, notice="Norway was not there.", retracts_entities=[norway])

    article = desk.fresh(article)
    document = document_of(article)
    assert (document["countries"], document["corrections"][0]["retracts_entities"]) == ([], [str(norway.uuid)])
    assert article.tags.get().verdict == Verdict.REJECTED
    assert "<s>Norway</s>" in article.representation.html


def test_correct_names_no_tag_on_the_page_where_it_seals(desk, norway):
    article = quoting(desk, norway)

    publishing.correct(article, by=desk.editor, notice="A tag was wrong.", retracts_entities=[norway], seal=True)

    assert "Norway" not in desk.fresh(article).representation.html


def test_correct_refuses_to_take_back_what_readers_do_not_see(desk, norway, finland):
    article = quoting(desk, norway)
    other = quoting(desk, norway)

    with pytest.raises(GuardFailed, match="Readers do not see “Finland”"):
        publishing.correct(article, by=desk.editor, notice="Wrong.", retracts_entities=[finland])
    with pytest.raises(GuardFailed, match="of its own story only"):
        publishing.correct(article, by=desk.editor, notice="Wrong.", retracts=[other.quotes.get()])


@pytest.mark.parametrize("start", ["draft", "in_review"])
def test_approve_and_correct_is_one_press(desk, start):
    article = desk.save(desk.live(), headline="Corrected")
    if start == "in_review":
        workflow.submit(article, by=desk.journalist)

    publishing.approve_and_correct(desk.fresh(article), by=desk.editor, notice="The headline was wrong.")

    article = desk.fresh(article)
    verbs = list(article.transitions.order_by("id").values_list("verb", flat=True))
    assert verbs[-3:] == ["submit", "approve", "correct"]
    assert (article.edition.headline, article.work_state) == ("Corrected", "approved")


def test_approve_and_correct_keeps_to_the_rule_on_ones_own_work(desk):
    article = desk.save(desk.live(), by=desk.editor, headline="Corrected")
    by_chief = desk.save(desk.live(), by=desk.chief, headline="Corrected")

    with pytest.raises(NotAllowed, match="a colleague must approve it"):
        publishing.approve_and_correct(article, by=desk.editor, notice="The headline was wrong.")
    with pytest.raises(GuardFailed, match="say why nobody else could"):
        publishing.approve_and_correct(by_chief, by=desk.chief, notice="The headline was wrong.")
    publishing.approve_and_correct(by_chief, by=desk.chief, notice="It was wrong.", reason="Night shift.")

    assert desk.fresh(article).work_state == "draft"
    assert desk.fresh(by_chief).edition.kind == "correction"


def test_approve_and_correct_is_closed_to_reporters(desk):
    article = desk.save(desk.live(), headline="Corrected")

    with pytest.raises(NotAllowed):
        publishing.approve_and_correct(article, by=desk.journalist, notice="The headline was wrong.")

    assert desk.fresh(article).work_state == "draft"
