import pytest

from articles import desk_gazetteer, proposing, suggestions
from articles.models import Mention, Quote, TaggingRun
from articles.states import GuardFailed, NotAllowed
from articles.tagging import analyse
from entities.merging import merge
from entities.models import Entity, Kind, Name

BODY = (
    "<p>Norway said its ships would “stay in the ice until the spring”.</p>"
    "<p>Helsinki promised to “send every icebreaker that floats”, officials said.</p>"
)


@pytest.fixture
def tagged(desk, norway, finland):
    article = desk.draft(body=BODY)
    proposing.suggest(article.revision_id)
    return desk.fresh(article)


def spans(article) -> list[tuple[str, str]]:
    """Each mention's words by its offsets, beside the words it claims."""
    text = article.revision.text
    rows = Mention.objects.filter(tag__article=article, field="body")
    return [(text[mention.start : mention.end], mention.surface) for mention in rows]


def test_suggest_proposes_with_true_spans_and_reasons(tagged, norway, finland):
    tags = {tag.entity: tag for tag in tagged.tags.all()}

    assert set(tags) == {norway, finland}
    assert all(tag.reason for tag in tags.values())
    assert sorted(spans(tagged)) == [("Helsinki", "Helsinki"), ("Norway", "Norway")]
    assert [tagged.revision.text[quote.start : quote.end] for quote in tagged.quotes.all()] == [
        quote.text for quote in tagged.quotes.all()
    ]
    assert tagged.quotes.count() == 2
    assert tagged.revision.tagging_run.status == "finished"


def test_suggest_run_twice_changes_nothing(tagged):
    before = list(tagged.tags.values_list("pk", "score")), list(tagged.quotes.values_list("pk", "start"))

    again = proposing.suggest(tagged.revision_id)
    once_more = proposing.suggest(tagged.revision_id, again=True)

    after = list(tagged.tags.values_list("pk", "score")), list(tagged.quotes.values_list("pk", "start"))
    assert (again, once_more.status) == (None, "finished")
    assert before == after


def test_suggest_for_an_overtaken_revision_writes_nothing(desk, norway):
    article = desk.draft(body="<p>Norway waits.</p>")
    overtaken = article.revision_id
    desk.save(article, body="<p>Nobody waits.</p>")

    run = proposing.suggest(overtaken)

    assert (run.status, article.tags.count()) == ("superseded", 0)


def test_suggest_notices_an_edit_during_the_analysis(desk, norway, monkeypatch):
    article = desk.draft(body="<p>Norway waits.</p>")

    def slow_analysis(document, gazetteer):
        desk.save(article, body="<p>Nobody waits.</p>")
        return analyse(document, gazetteer)

    monkeypatch.setattr(proposing, "analyse", slow_analysis)

    run = proposing.suggest(article.revision_id)

    assert (run.status, article.tags.count()) == ("superseded", 0)


def test_a_rejected_country_stays_rejected_after_an_edit(desk, tagged, norway):
    suggestions.reject(tagged.tags.get(entity=norway), by=desk.journalist)

    article = desk.save(tagged, body=BODY + "<p>Norway again, and Norway.</p>")
    proposing.suggest(article.revision_id)

    tag = article.tags.get(entity=norway)
    assert (tag.verdict, tag.verdict_by, tag.mention_count) == ("rejected", desk.journalist, 3)


def test_a_rejected_quote_does_not_come_back(desk, tagged):
    quote = tagged.quotes.first()
    suggestions.reject(quote, by=desk.journalist)

    article = desk.save(tagged, body="<p>New first paragraph.</p>" + tagged.body)
    proposing.suggest(article.revision_id)

    same = article.quotes.filter(text=quote.text)
    assert [row.verdict for row in same] == ["rejected"]


def test_a_confirmed_quote_survives_an_edit_elsewhere(desk, tagged):
    quote = suggestions.confirm_quote(tagged.quotes.first(), by=desk.journalist, speaker_name="The navy")

    article = desk.save(tagged, body="<p>A new opening.</p>" + tagged.body)
    proposing.suggest(article.revision_id)

    kept = Quote.objects.get(pk=quote.pk)
    assert (kept.verdict, kept.anchor, kept.speaker_name, kept.uuid) == (
        "confirmed",
        "kept",
        "The navy",
        quote.uuid,
    )
    assert article.revision.text[kept.start : kept.end] == quote.text
    assert kept.start == quote.start + len("A new opening.\n\n")


def test_a_quote_that_the_machine_does_not_find_is_followed_all_the_same(desk, tagged):
    words = "officials said"
    start = tagged.revision.text.index(words)
    quote = suggestions.add_quote(tagged, start=start, end=start + len(words), by=desk.journalist, speaker_name="They")
    Quote.objects.filter(pk=quote.pk).update(start=0, end=len(words), prefix="", suffix="", block_id="")

    proposing.suggest(tagged.revision_id, again=True)

    followed = Quote.objects.get(pk=quote.pk)
    assert (followed.start, followed.anchor, followed.verdict) == (start, "kept", "confirmed")


def test_a_confirmed_quote_is_flagged_at_once_when_its_words_change(desk, tagged):
    quote = suggestions.confirm_quote(tagged.quotes.first(), by=desk.journalist)

    article = desk.save(tagged, body=tagged.body.replace("until the spring", "until late spring"))

    flagged = Quote.objects.get(pk=quote.pk)
    assert (flagged.anchor, flagged.words_now) == ("changed", "stay in the ice until late spring")
    assert article.revision.text[flagged.start : flagged.end] == flagged.words_now


def test_a_changed_quote_is_not_proposed_beside_itself(desk, tagged):
    suggestions.confirm_quote(tagged.quotes.first(), by=desk.journalist)
    article = desk.save(tagged, body=tagged.body.replace("until the spring", "until late spring"))

    proposing.suggest(article.revision_id)

    assert article.quotes.count() == 2


def test_accept_new_words_takes_what_stands_there_now(desk, tagged):
    quote = suggestions.confirm_quote(tagged.quotes.first(), by=desk.journalist)
    desk.save(tagged, body=tagged.body.replace("until the spring", "until late spring"))

    accepted = suggestions.accept_new_words(quote, by=desk.editor)

    assert (accepted.text, accepted.anchor, accepted.verdict_by) == (
        "stay in the ice until late spring",
        "kept",
        desk.editor,
    )


def test_a_confirmed_quote_whose_words_are_gone_blocks_publication(desk, tagged):
    quote = suggestions.confirm_quote(tagged.quotes.first(), by=desk.journalist)

    article = desk.save(tagged, body="<p>Nothing of it is left here at all.</p>")

    gone = Quote.objects.get(pk=quote.pk)
    assert (gone.anchor, gone.start, gone.end) == ("gone", None, None)
    with pytest.raises(GuardFailed, match="no longer in the text"):
        desk.approve_again(article)


def test_a_proposal_that_is_no_longer_found_goes(desk, tagged, norway):
    article = desk.save(tagged, body="<p>Finland is alone.</p>")
    proposing.suggest(article.revision_id)

    assert not article.tags.filter(entity=norway).exists()
    assert not article.quotes.exists()


def test_an_added_tag_stays_without_evidence(desk, tagged):
    place = Entity.objects.create(kind=Kind.PLACE, name="Barents Sea", slug="barents-sea")
    tag = suggestions.add_tag(tagged, place, by=desk.journalist, role="about")

    proposing.suggest(tagged.revision_id, again=True)

    tag.refresh_from_db()
    assert (tag.verdict, tag.origin, tag.is_found, tag.role) == ("confirmed", "person", False, "about")


def test_add_quote_refuses_a_span_outside_the_text(desk, tagged):
    with pytest.raises(GuardFailed, match="These words are not in the saved text"):
        suggestions.add_quote(tagged, start=5, end=10_000, by=desk.journalist)


def test_verdicts_make_no_revision_bump_no_lock_and_reopen_nothing(desk, tagged):
    article = desk.approve_again(tagged)
    before = (article.lock_version, article.revision_id, article.work_state)

    suggestions.confirm_tag(article.tags.first(), by=desk.journalist)
    suggestions.reject(article.quotes.first(), by=desk.journalist)

    article = desk.fresh(article)
    assert (article.lock_version, article.revision_id, article.work_state) == before


def test_reconsider_makes_a_verdict_a_proposal_again(desk, tagged, norway):
    tag = suggestions.reject(tagged.tags.get(entity=norway), by=desk.journalist)

    again = suggestions.reconsider(tag, by=desk.editor)

    assert (again.verdict, again.verdict_by, again.verdict_at) == ("proposed", None, None)


def test_verdicts_are_refused_to_who_may_not_edit_the_story(tagged, colleague):
    with pytest.raises(NotAllowed):
        suggestions.confirm_tag(tagged.tags.first(), by=colleague)


def test_confirm_quote_refuses_columns_that_are_not_its_own(desk, tagged):
    with pytest.raises(GuardFailed, match="cannot be set: text"):
        suggestions.confirm_quote(tagged.quotes.first(), by=desk.journalist, text="invented")


def test_five_failures_give_a_run_up(desk, norway, monkeypatch):
    article = desk.draft(body="<p>Norway waits.</p>")
    monkeypatch.setattr(proposing, "analyse", lambda document, gazetteer: 1 / 0)

    for _ in range(5):
        with pytest.raises(ZeroDivisionError):
            proposing.suggest(article.revision_id)

    run = TaggingRun.objects.get()
    assert (run.status, run.failures, run.attempts) == ("failed", 5, 5)
    assert run.error == "ZeroDivisionError: division by zero"
    assert proposing.suggest(article.revision_id) is None


def test_a_new_name_is_known_to_the_next_tagging(desk, norway):
    article = desk.draft(body="<p>Viken sent a ship.</p>")
    proposing.suggest(article.revision_id)
    first = article.tags.count()
    Name.objects.create(entity=norway, text="Viken")

    proposing.suggest(article.revision_id, again=True)

    assert (first, [tag.entity for tag in article.tags.all()]) == (0, [norway])


def test_the_gazetteer_is_compiled_once_for_each_version(norway):
    first, second = desk_gazetteer.current(), desk_gazetteer.current()
    Name.objects.create(entity=norway, text="Viken")

    third = desk_gazetteer.current()

    assert first is second
    assert third.version == first.version + 1


def test_a_name_counts_only_while_it_is_valid(desk, norway):
    Name.objects.create(entity=norway, text="Viken", valid_from="2090-01-01")
    Name.objects.create(entity=norway, text="Norge", valid_to="2001-01-01")
    article = desk.draft(body="<p>Viken and Norge sent ships.</p>")

    proposing.suggest(article.revision_id)

    assert not article.tags.exists()


def test_a_merged_entity_is_found_under_the_one_it_was_merged_into(desk, norway):
    old = Entity.objects.create(kind=Kind.EXERCISE, name="Polar Gate", slug="polar-gate")
    new = Entity.objects.create(kind=Kind.EXERCISE, name="Polar Door", slug="polar-door")
    merge(old, into=new)

    article = desk.draft(body="<p>The exercise Polar Gate begins.</p>")
    proposing.suggest(article.revision_id)

    assert [tag.entity for tag in article.tags.all()] == [new]
