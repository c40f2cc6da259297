"""The whole matrix: each verb in each of the 21 states for each role, against the desk's table written out by hand.

Nothing here is imported from the table that the code itself asks. Where a cell says no, nothing may be written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from articles import publishing, revisions, scheduled_updates, workflow
from articles.models import Article
from articles.states import GuardFailed, NotAllowed, Refused, WrongState
from tests.desk import make_person

State = tuple[str, str]
WORK = ("draft", "in_review", "changes_requested", "approved")
PUB = ("never", "scheduled", "live", "withdrawn", "killed", "spiked")
UNREACHABLE = {("draft", "scheduled"), ("in_review", "scheduled"), ("changes_requested", "scheduled")}
STATES = [(work, pub) for pub in PUB for work in WORK if (work, pub) not in UNREACHABLE]

ROLES = ("own", "assigned", "others", "editor", "chief", "superuser", "clock")
DESK = "editor chief superuser"

# verb; work from; work to (= stays); pub from; pub to; who may. "others" is a reporter with no part in the story.
TABLE = f"""
submit               | draft changes_requested | in_review | never live withdrawn | = | own assigned {DESK}
recall               | in_review | draft | never live withdrawn | = | own {DESK}
request_changes      | in_review approved | changes_requested | never scheduled live withdrawn | off | {DESK}
approve              | in_review | approved | never live withdrawn | = | {DESK}
edit (reopens)       | approved | draft | never scheduled live withdrawn | off | own {DESK}
edit (of a draft)    | draft in_review changes_requested | = | never live withdrawn | = | own assigned {DESK}
publish              | approved | = | never withdrawn | live | {DESK}
schedule             | approved | = | never withdrawn | scheduled | {DESK}
deschedule           | approved | = | scheduled | never | {DESK}
publish_due          | approved | = | scheduled | live | clock
unpublish_due        | any | = | live | withdrawn | clock
publish_update       | approved | = | live | = | {DESK}
correct              | approved | = | live | = | {DESK}
schedule_update      | approved | = | live | = | {DESK}
deschedule_update    | approved | = | live | = | {DESK}
update_due           | approved | = | live | = | clock
plan_withdrawal      | any | = | scheduled live | = | {DESK}
withdraw             | any | = | live | withdrawn | {DESK}
kill                 | any | = | live withdrawn | killed | chief superuser
spike                | any | = | never scheduled | spiked | own-draft {DESK}
unspike              | any | draft | spiked | never | own-draft {DESK}
approve_and_publish  | in_review | approved | never withdrawn | live | {DESK}
publish_minor_update | any | approved | live | = | {DESK}
"""
# The rows of the audit trail of what is more than one step, by the state it begins in.
ROWS = {
    "edit (reopens)": ["reopen"],
    "edit (of a draft)": [],
    "approve_and_publish": ["approve", "publish"],
    "update_due": ["publish_update"],
}
MINOR_ROWS = {
    "draft": ["submit", "approve", "publish_update"],
    "in_review": ["approve", "publish_update"],
    "changes_requested": ["submit", "approve", "publish_update"],
    "approved": ["publish_update"],
}


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    verb: str
    work_from: tuple[str, ...]
    work_to: str
    pub_from: tuple[str, ...]
    pub_to: str
    who: tuple[str, ...]

    def starts_from(self, state: State) -> bool:
        return state[0] in self.work_from and state[1] in self.pub_from

    def leads_to(self, state: State) -> State:
        off = "never" if state[1] == "scheduled" else state[1]
        work = state[0] if self.work_to == "=" else self.work_to
        return work, {"=": state[1], "off": off}.get(self.pub_to, self.pub_to)

    def permits(self, role: str, state: State) -> bool:
        return role in self.who or (role == "own" and "own-draft" in self.who and state[0] == "draft")

    def rows(self, state: State) -> list[str]:
        if self.verb == "publish_minor_update":
            return MINOR_ROWS[state[0]]
        return ROWS.get(self.verb, [self.verb])


def rows_of(table: str) -> Iterator[Row]:
    for line in table.strip().splitlines():
        verb, work_from, work_to, pub_from, pub_to, who = (part.strip() for part in line.split("|"))
        works = WORK if work_from == "any" else tuple(work_from.split())
        yield Row(verb, works, work_to, tuple(pub_from.split()), pub_to, tuple(who.split()))


def soon() -> Any:
    return timezone.now() + timedelta(hours=1)


def edit(article: Article, by: User | None) -> None:
    revisions.save_revision(article, expected_version=article.lock_version, by=by, headline="Fleet stays at sea")


def kill(article: Article, by: User | None) -> None:
    slug = article.edition.slug if article.edition else "none"
    publishing.kill(article, by=by, reason="A court order.", public_note="Removed.", confirmation=slug)


# Each verb with all that its guards ask for.
USES: dict[str, Callable[[Article, User | None], object]] = {
    "submit": lambda article, by: workflow.submit(article, by=by),
    "recall": lambda article, by: workflow.recall(article, by=by),
    "request_changes": lambda article, by: workflow.request_changes(article, by=by, comment="Who says so?"),
    "approve": lambda article, by: workflow.approve(article, by=by),
    "edit (reopens)": edit,
    "edit (of a draft)": edit,
    "publish": lambda article, by: publishing.publish(article, by=by),
    "schedule": lambda article, by: publishing.schedule(article, by=by, publish_at=soon()),
    "deschedule": lambda article, by: publishing.deschedule(article, by=by),
    "publish_due": lambda article, by: publishing.publish_due(article),
    "unpublish_due": lambda article, by: publishing.unpublish_due(article),
    "publish_update": lambda article, by: publishing.publish_update(article, by=by),
    "correct": lambda article, by: publishing.correct(article, by=by, notice="We were wrong."),
    "schedule_update": lambda article, by: scheduled_updates.schedule_update(article, by=by, at=soon()),
    "deschedule_update": lambda article, by: scheduled_updates.deschedule_update(article, by=by),
    "update_due": lambda article, by: scheduled_updates.update_due(article),
    "plan_withdrawal": lambda article, by: scheduled_updates.plan_withdrawal(
        article, by=by, at=soon() + timedelta(hours=1)
    ),
    "withdraw": lambda article, by: publishing.withdraw(article, by=by, reason="Sent too early."),
    "kill": kill,
    "spike": lambda article, by: workflow.spike(article, by=by, reason="Overtaken."),
    "unspike": lambda article, by: workflow.unspike(article, by=by),
    "approve_and_publish": lambda article, by: publishing.approve_and_publish(article, by=by),
    "publish_minor_update": lambda article, by: publishing.publish_minor_update(article, by=by),
}
OF_THE_CLOCK = {"publish_due", "unpublish_due", "update_due"}


@pytest.fixture
def cast(desk, colleague) -> dict[str, User | None]:
    return {
        "own": desk.journalist,
        "assigned": make_person("assigned", "Reporter"),
        "others": colleague,
        "editor": desk.editor,
        "chief": desk.chief,
        "superuser": make_person("root", is_superuser=True),
        "clock": None,
    }


@pytest.fixture
def stories(desk, cast) -> dict[State, Article]:
    """A story in each of the 21 states, taken there by the desk's verbs alone."""
    made = {state: in_state(desk, *state) for state in STATES}
    Article.objects.update(assigned_to=cast["assigned"])
    return {state: desk.fresh(article) for state, article in made.items()}


def in_state(desk, work: str, pub: str) -> Article:
    if pub == "scheduled":
        return desk.scheduled()
    article = desk.draft() if pub in ("never", "spiked") else desk.save(desk.live(), headline="Fleet turns back")
    if work != "draft":
        workflow.submit(article, by=desk.journalist)
    if work == "changes_requested":
        workflow.request_changes(article, by=desk.editor, comment="Who says so?")
    if work == "approved":
        workflow.approve(article, by=desk.editor)
    if pub == "spiked":
        workflow.spike(article, by=desk.editor, reason="Overtaken.")
    if pub == "withdrawn":
        publishing.withdraw(article, by=desk.editor, reason="Sent too early.")
    if pub == "killed":
        desk.kill(desk.fresh(article))
    return article


def make_due(verb: str, article: Article, desk) -> None:
    """What the clock's verbs, and taking an update off, need to find."""
    if (article.work_state, article.pub_state) == ("approved", "live") and verb in ("deschedule_update", "update_due"):
        scheduled_updates.schedule_update(article, by=desk.editor, at=soon())
    past = timezone.now() - timedelta(minutes=1)
    if verb == "publish_due" and article.pub_state == "scheduled":
        Article.objects.filter(pk=article.pk).update(publish_at=past)
    if verb == "unpublish_due":
        Article.objects.filter(pk=article.pk).update(unpublish_at=past)
    if verb == "update_due" and article.pub_state == "live" and article.work_state == "approved":
        Article.objects.filter(pk=article.pk).update(update_at=past)


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


TABLES = ("revision", "transition", "change", "edition", "notification", "correction")
WRITTEN = f"""
SELECT md5(article::text), (SELECT md5(string_agg(shown::text, '')) FROM articles_representation shown
    WHERE shown.article_id = article.id),
    {", ".join(f"(SELECT count(*) FROM articles_{table})" for table in TABLES)}
FROM articles_article article WHERE article.id = %s
"""


def written(article: Article) -> tuple[Any, ...]:
    """A mark of all that a verb may write."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, [article.pk])
        return cursor.fetchone()


def outcome(row: Row, article: Article, by: User | None) -> tuple[Any, ...]:
    """The state after and the rows of the audit trail, or the refusal; a refusal that wrote anything says so."""
    before = written(article)
    last = article.transitions.order_by("-id").values_list("pk", flat=True).first() or 0
    try:
        with transaction.atomic():
            USES[row.verb](article, by)
    except Refused as refusal:
        return type(refusal).__name__, *(() if written(article) == before else ("but it wrote",))
    newest = Article.objects.only("work_state", "pub_state").get(pk=article.pk)
    trail = article.transitions.filter(pk__gt=last).order_by("id")
    chain = [(article.work_state, article.pub_state)]
    for step in trail:
        assert (step.work_from, step.pub_from) == chain[-1], f"{row.verb}: the trail has a gap"
        assert step.by_id == (by.pk if by else None)
        chain.append((step.work_to, step.pub_to))
    end = (newest.work_state, newest.pub_state)
    assert chain[-1] == end or not trail, f"{row.verb}: the trail does not lead to {end}"
    return end, [step.verb for step in trail]


def expected(row: Row, state: State, role: str) -> tuple[Any, ...]:
    if row.starts_from(state) and row.permits(role, state):
        return row.leads_to(state), row.rows(state)
    if row.starts_from(state):
        return (NotAllowed.__name__,)
    return ((GuardFailed if row.verb == "update_due" else WrongState).__name__,)


def expected_of_edit(row: Row, state: State, role: str) -> tuple[Any, ...] | None:
    """An edit asks who before it asks whether; the line of the table that fits the state says both."""
    if state[1] in ("killed", "spiked"):
        may = role != "others" and (role != "assigned" or state[0] != "approved")
        return ((GuardFailed if may else NotAllowed).__name__,)
    return expected(row, state, role) if row.starts_from(state) else None


def cells_of(row: Row, state: State) -> dict[str, tuple[Any, ...]]:
    """What each role is to find in one cell of the table; roles that cannot even ask are not in it."""
    if row.verb in OF_THE_CLOCK:
        return {"clock": expected(row, state, "clock")}
    if not row.verb.startswith("edit"):
        return {role: expected(row, state, role) for role in ROLES}
    cells = {role: expected_of_edit(row, state, role) for role in ROLES if role != "clock"}
    return {role: cell for role, cell in cells.items() if cell is not None}


@pytest.mark.timeout(600)
def test_each_verb_in_each_state_for_each_role(desk, stories, cast) -> None:
    wanted, found = {}, {}

    for row in rows_of(TABLE):
        for state, story in stories.items():
            cells = cells_of(row, state)
            wanted |= {(row.verb, *state, role): cell for role, cell in cells.items()}
            with undone():
                make_due(row.verb, story, desk)
                article = desk.fresh(story)
                for role in cells:
                    with undone():
                        found[row.verb, *state, role] = outcome(row, article, cast[role])

    wrong = {cell: (found[cell], right) for cell, right in wanted.items() if found[cell] != right}
    assert wrong == {}
    assert len(found) == 18 * 21 * 7 + 3 * 21 + 6 * ((4 + 8) + (9 + 8))


def test_exactly_twenty_one_states_are_reachable_and_three_are_not(stories) -> None:
    found = set(Article.objects.values_list("work_state", "pub_state"))
    led_to = {row.leads_to(state) for row in rows_of(TABLE) for state in STATES if row.starts_from(state)}

    assert found == set(STATES) == led_to | {("draft", "never")}
    assert (len(found), len(WORK) * len(PUB) - len(found)) == (21, 3)


def test_superuser_who_is_the_sole_author_must_say_why(desk, cast) -> None:
    article = desk.draft(by=cast["superuser"])
    workflow.submit(article, by=cast["superuser"])

    with pytest.raises(GuardFailed, match="say why nobody else could"):
        workflow.approve(article, by=cast["superuser"])
    workflow.approve(article, by=cast["superuser"], reason="Nobody else is on duty.")

    assert desk.fresh(article).work_state == "approved"


# Verb, state it is asked in, what it is given that falls short.
GUARDS = [
    ("request_changes", ("in_review", "never"), {"comment": " "}),
    ("request_changes", ("approved", "scheduled"), {"comment": ""}),
    ("spike", ("draft", "never"), {"reason": " "}),
    ("withdraw", ("approved", "live"), {"reason": " "}),
    ("kill", ("approved", "live"), {"reason": " ", "public_note": "Removed.", "confirmation": "fleet-returns-to-port"}),
    ("kill", ("approved", "live"), {"reason": "Why.", "public_note": " ", "confirmation": "fleet-returns-to-port"}),
    ("kill", ("approved", "live"), {"reason": "Why.", "public_note": "Removed.", "confirmation": "fleet"}),
    ("correct", ("approved", "live"), {"notice": " "}),
    ("publish_update", ("approved", "live"), {"kind": "correction"}),
    ("publish_update", ("approved", "live"), {"kind": "first"}),
    ("schedule", ("approved", "never"), {"publish_at": timedelta(minutes=-1)}),
    ("schedule", ("approved", "never"), {"publish_at": timedelta(hours=2), "unpublish_at": timedelta(hours=1)}),
    ("schedule_update", ("approved", "live"), {"at": timedelta(minutes=-1)}),
    ("schedule_update", ("approved", "live"), {"at": timedelta(hours=1), "kind": "correction"}),
    ("deschedule_update", ("approved", "live"), {}),
    ("plan_withdrawal", ("draft", "live"), {"at": timedelta(minutes=-1)}),
    ("plan_withdrawal", ("approved", "scheduled"), {"at": timedelta(minutes=1)}),
]
MODULES = {
    **dict.fromkeys(("request_changes", "spike"), workflow),
    **dict.fromkeys(("withdraw", "kill", "correct", "publish_update", "schedule"), publishing),
    **dict.fromkeys(("schedule_update", "deschedule_update", "plan_withdrawal"), scheduled_updates),
}


def test_guards_bind_the_superuser_too(stories, cast) -> None:
    for verb, state, given in GUARDS:
        article = stories[state]
        before = written(article)
        arguments = {
            name: timezone.now() + value if isinstance(value, timedelta) else value for name, value in given.items()
        }

        with pytest.raises(GuardFailed):
            getattr(MODULES[verb], verb)(article, by=cast["superuser"], **arguments)

        assert written(article) == before, f"{verb} {given} was refused but wrote"
