"""Random walks over the verbs never leave the 21 states."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing, revisions, scheduled_updates, workflow
from articles.models import Article
from articles.states import REACHABLE_STATES, Refused
from articles.transitions import RULES

VERBS = 10_000
WALKS = 4
# A killed or tired story makes place for a new one.
STEPS_OF_A_STORY = 40
# How often a sensible verb is tried instead of any.
SENSIBLE = 0.5


class Walker:
    """Tries verbs on a story in a random person's name, as buttons pressed by a child would."""

    def __init__(self, desk, chance: random.Random) -> None:
        self.desk, self.chance = desk, chance
        self.article = desk.draft()

    def person(self):
        return self.chance.choice([self.desk.journalist, self.desk.editor, self.desk.chief])

    def edit(self) -> None:
        revisions.save_revision(
            self.article,
            expected_version=self.article.lock_version,
            by=self.person(),
            headline=f"Headline {self.chance.random()}",
        )

    def publish_due(self) -> None:
        Article.objects.filter(pk=self.article.pk, pub_state="scheduled").update(publish_at=timezone.now())
        publishing.publish_due(self.article)

    def unpublish_due(self) -> None:
        Article.objects.filter(pk=self.article.pk).update(unpublish_at=timezone.now())
        publishing.unpublish_due(self.article)

    def kill(self) -> None:
        slug = self.article.edition.slug if self.article.edition else "none"
        publishing.kill(self.article, by=self.person(), reason="x", public_note="y", confirmation=slug)

    def schedule(self) -> None:
        publishing.schedule(self.article, by=self.person(), publish_at=timezone.now() + timedelta(hours=1))

    def schedule_update(self) -> None:
        scheduled_updates.schedule_update(self.article, by=self.person(), at=timezone.now() + timedelta(hours=1))

    def update_due(self) -> None:
        Article.objects.filter(pk=self.article.pk, update_at__isnull=False).update(update_at=timezone.now())
        scheduled_updates.update_due(self.article)

    def plan_withdrawal(self) -> None:
        scheduled_updates.plan_withdrawal(self.article, by=self.person(), at=timezone.now() + timedelta(hours=3))

    def steps(self) -> dict[str, Callable[[], object]]:
        article, person = self.article, self.person()
        return {
            "edit": self.edit,
            "submit": lambda: workflow.submit(article, by=person),
            "recall": lambda: workflow.recall(article, by=person),
            "request_changes": lambda: workflow.request_changes(article, by=person, comment="Who says?"),
            "approve": lambda: workflow.approve(article, by=person, reason="x"),
            "spike": lambda: workflow.spike(article, by=person, reason="x"),
            "unspike": lambda: workflow.unspike(article, by=person),
            "publish": lambda: publishing.publish(article, by=person, reason="x"),
            "schedule": self.schedule,
            "deschedule": lambda: publishing.deschedule(article, by=person),
            "publish_due": self.publish_due,
            "unpublish_due": self.unpublish_due,
            "publish_update": lambda: publishing.publish_update(article, by=person),
            "correct": lambda: publishing.correct(article, by=person, notice="It was wrong.", seal=True),
            "withdraw": lambda: publishing.withdraw(article, by=person, reason="x"),
            "kill": self.kill,
            "schedule_update": self.schedule_update,
            "deschedule_update": lambda: scheduled_updates.deschedule_update(article, by=person),
            "update_due": self.update_due,
            "plan_withdrawal": self.plan_withdrawal,
            "approve_and_publish": lambda: publishing.approve_and_publish(article, by=person, reason="x"),
            "publish_minor_update": lambda: publishing.publish_minor_update(article, by=person),
        }

    def fitting(self, steps: dict[str, Callable[[], object]]) -> list[str]:
        """Verbs that the state permits, so that rare states are reached too; any where it permits none. A new version
        that waits is published by the clock or taken off the schedule."""
        if self.article.update_at is not None:
            return ["update_due", "deschedule_update"]
        work, pub = self.article.work_state, self.article.pub_state
        fits = [verb for verb, rule in RULES.items() if work in rule.work_from and pub in rule.pub_from]
        # A story that is spiked at every turn sees nothing of the rest.
        seldom = {"spike"} if self.chance.random() < 0.9 else set()
        return sorted(set(fits) & set(steps) - seldom) or sorted(steps)

    def step(self) -> tuple[str, bool]:
        steps = self.steps()
        verb = self.chance.choice(self.fitting(steps) if self.chance.random() < SENSIBLE else sorted(steps))
        try:
            steps[verb]()
        except Refused:
            return verb, False
        finally:
            self.article = self.desk.fresh(self.article)
        return verb, True


@pytest.mark.timeout(600)
@pytest.mark.parametrize("walk", range(WALKS))
def test_random_walks_never_leave_the_states(desk, walk: int):
    chance = random.Random(walk)
    seen: Counter[tuple[str, str]] = Counter()
    done: Counter[str] = Counter()
    walker = Walker(desk, chance)

    for number in range(VERBS // WALKS):
        if walker.article.pub_state == "killed" or number % STEPS_OF_A_STORY == 0:
            walker.article = desk.draft()
        verb, was_done = walker.step()
        done[verb] += was_done
        state = (walker.article.work_state, walker.article.pub_state)
        assert state in REACHABLE_STATES, f"{verb} led to {state}"
        seen[state] += 1

    combined = {"edit", "update_due", "approve_and_publish", "publish_minor_update"}
    assert {verb for verb, times in done.items() if times} == set(RULES) - {"reopen"} | combined
    assert len(seen) >= 15
