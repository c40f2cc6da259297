import pytest

from articles import publishing, workflow
from articles.states import REACHABLE_STATES, GuardFailed, NotAllowed, WrongState
from articles.transitions import RULES, allowed_verbs, require_state


def test_the_table_knows_twenty_one_states():
    assert len(REACHABLE_STATES) == 21


def test_submit_moves_a_draft_to_review(desk):
    article = desk.in_review()

    transition = article.transitions.get()
    assert (article.work_state, article.pub_state) == ("in_review", "never")
    assert (transition.verb, transition.work_from, transition.work_to) == ("submit", "draft", "in_review")
    assert (transition.by, transition.revision_id) == (desk.journalist, article.revision_id)


def test_submit_names_what_is_missing(desk):
    article = desk.draft(headline="", body="")

    with pytest.raises(GuardFailed) as refusal:
        workflow.submit(article, by=desk.journalist)

    assert refusal.value.reasons == ("a headline", "a body")
    assert desk.fresh(article).work_state == "draft"


def test_submit_refuses_the_story_of_another(desk, colleague):
    article = desk.draft()

    with pytest.raises(NotAllowed, match="ask an editor or the chief"):
        workflow.submit(article, by=colleague)


def test_submit_accepts_an_assigned_story(desk, colleague):
    article = desk.draft()
    type(article).objects.filter(pk=article.pk).update(assigned_to=colleague)

    workflow.submit(article, by=colleague)

    assert desk.fresh(article).work_state == "in_review"


def test_recall_takes_a_story_back(desk):
    article = desk.in_review()

    workflow.recall(article, by=desk.journalist)

    assert desk.fresh(article).work_state == "draft"


def test_request_changes_tells_the_author(desk):
    article = desk.in_review()

    workflow.request_changes(article, by=desk.editor, comment="Who says so?")

    assert desk.fresh(article).work_state == "changes_requested"
    assert (
        desk.journalist.notifications.get().message
        == "editor asks for changes to “Fleet returns to port”: Who says so?"
    )


def test_request_changes_needs_a_comment(desk):
    with pytest.raises(GuardFailed, match="Say what should be changed"):
        workflow.request_changes(desk.in_review(), by=desk.editor, comment="  ")


def test_request_changes_takes_a_story_off_the_schedule(desk):
    article = desk.scheduled()

    workflow.request_changes(article, by=desk.editor, comment="Wait.")

    article = desk.fresh(article)
    assert (article.work_state, article.pub_state, article.publish_at) == ("changes_requested", "never", None)


def test_approve_names_the_revision(desk):
    article = desk.approved()

    assert article.approved_revision_id == article.revision_id


def test_approve_lists_every_blocker(desk):
    article = desk.in_review(standfirst="", section=None, authors=[])

    with pytest.raises(GuardFailed) as refusal:
        workflow.approve(article, by=desk.editor)

    assert refusal.value.reasons == (
        "The standfirst is missing.",
        "No section is chosen.",
        "No author is named.",
    )


def test_approve_refuses_an_editor_their_own_story(desk):
    article = desk.draft(by=desk.editor)
    workflow.submit(article, by=desk.editor)

    with pytest.raises(NotAllowed, match="a colleague must approve it"):
        workflow.approve(article, by=desk.editor)


def test_approve_lets_an_editor_approve_what_a_colleague_wrote_with_them(desk):
    article = desk.save(desk.draft(), by=desk.editor, headline="Edited by the editor")
    workflow.submit(article, by=desk.journalist)

    workflow.approve(article, by=desk.editor)

    assert desk.fresh(article).work_state == "approved"


def test_approve_asks_the_chief_for_a_reason(desk):
    article = desk.draft(by=desk.chief)
    workflow.submit(article, by=desk.chief)

    with pytest.raises(GuardFailed, match="say why nobody else could"):
        workflow.approve(article, by=desk.chief)
    workflow.approve(article, by=desk.chief, reason="Night shift, alone.")

    assert desk.fresh(article).work_state == "approved"


def test_spike_and_unspike(desk):
    article = desk.draft()

    workflow.spike(article, by=desk.journalist, reason="Overtaken.")
    spiked = desk.fresh(article)
    workflow.unspike(article, by=desk.journalist)

    assert (spiked.pub_state, desk.fresh(article).pub_state) == ("spiked", "never")


def test_spike_refuses_a_reporter_what_is_no_longer_a_draft(desk):
    with pytest.raises(NotAllowed, match="ask an editor"):
        workflow.spike(desk.in_review(), by=desk.journalist, reason="Overtaken.")


def test_spike_refuses_what_was_public_once(desk):
    article = desk.withdrawn()
    publishing.publish(article, by=desk.editor)

    with pytest.raises(WrongState):
        workflow.spike(article, by=desk.editor, reason="Overtaken.")


def test_verbs_refuse_a_person_without_a_role(desk, stranger):
    article = desk.live()

    for verb in (workflow.recall, workflow.submit):
        with pytest.raises((NotAllowed, WrongState)):
            verb(article, by=stranger)
    assert allowed_verbs(article, by=stranger) == []


def test_a_superuser_skips_permissions_but_no_guard(desk, stranger):
    stranger.is_superuser = True
    stranger.save()
    article = desk.in_review(standfirst="")

    with pytest.raises(GuardFailed, match="The standfirst is missing"):
        workflow.approve(article, by=stranger)


# By work state and publication state, what each role is offered. Written out by hand from the desk's table.
OFFERED = {
    ("draft", "never"): ("submit spike", "submit spike", "submit spike"),
    ("in_review", "never"): (
        "recall",
        "recall request_changes approve spike",
        "recall request_changes approve spike",
    ),
    ("changes_requested", "never"): ("submit", "submit spike", "submit spike"),
    ("approved", "never"): (
        "",
        "request_changes publish schedule spike",
        "request_changes publish schedule spike",
    ),
    ("approved", "scheduled"): (
        "",
        "request_changes deschedule spike",
        "request_changes deschedule spike",
    ),
    ("draft", "live"): ("submit", "submit withdraw", "submit withdraw kill"),
    ("in_review", "live"): (
        "recall",
        "recall request_changes approve withdraw",
        "recall request_changes approve withdraw kill",
    ),
    ("changes_requested", "live"): ("submit", "submit withdraw", "submit withdraw kill"),
    ("approved", "live"): (
        "",
        "request_changes publish_update correct withdraw",
        "request_changes publish_update correct withdraw kill",
    ),
    ("draft", "withdrawn"): ("submit", "submit", "submit kill"),
    ("in_review", "withdrawn"): (
        "recall",
        "recall request_changes approve",
        "recall request_changes approve kill",
    ),
    ("changes_requested", "withdrawn"): ("submit", "submit", "submit kill"),
    ("approved", "withdrawn"): (
        "",
        "request_changes publish schedule",
        "request_changes publish schedule kill",
    ),
    **{(work, "killed"): ("", "", "") for work in ("draft", "in_review", "changes_requested", "approved")},
    **{
        (work, "spiked"): ("unspike" if work == "draft" else "", "unspike", "unspike")
        for work in ("draft", "in_review", "changes_requested", "approved")
    },
}


def test_allowed_verbs_follow_the_table_in_every_state_for_every_role(desk):
    assert set(OFFERED) == {(str(work), str(pub)) for work, pub in REACHABLE_STATES}
    article = desk.draft()
    found = {}

    for state in OFFERED:
        article.work_state, article.pub_state = state
        found[state] = tuple(
            " ".join(allowed_verbs(article, by=person)) for person in (desk.journalist, desk.editor, desk.chief)
        )

    assert found == OFFERED


def test_every_verb_refuses_every_state_that_the_table_does_not_name(desk):
    """The whole matrix: each verb in each of the 21 states either is in the table or raises WrongState."""
    article = desk.draft()
    wrong = 0

    for verb, rule in RULES.items():
        for work, pub in REACHABLE_STATES:
            article.work_state, article.pub_state = work, pub
            if work in rule.work_from and pub in rule.pub_from:
                continue
            with pytest.raises(WrongState):
                require_state(article, verb)
            wrong += 1

    assert wrong == sum(21 - _starts(rule) for rule in RULES.values())


def _starts(rule) -> int:
    return sum(1 for work, pub in REACHABLE_STATES if work in rule.work_from and pub in rule.pub_from)
