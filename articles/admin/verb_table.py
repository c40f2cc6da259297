"""One table: the verbs of the desk, what each does in words, what it asks, and the function it calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from articles import plans, publishing, workflow
from articles.admin import verb_forms as forms
from articles.admin.correction_form import ApproveAndCorrectForm, CorrectForm
from articles.admin.plan import PlanForm
from articles.models import Article
from articles.states import StaleArticle
from articles.transitions import rule_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


@dataclass(frozen=True, slots=True)
class Door:
    """One verb as the admin offers it."""

    use: Callable[..., object]
    form: type[forms.VerbForm]
    does: str
    done: str
    is_grave: bool = False
    shows_checks: bool = False


DOORS: dict[str, Door] = {
    "submit": Door(
        workflow.submit, forms.SubmitForm, "Hands the story to the editors for review.", "Submitted for review."
    ),
    "recall": Door(
        workflow.recall, forms.VerbForm, "Takes the story back from review, to go on writing.", "Back with its author."
    ),
    "request_changes": Door(
        workflow.request_changes,
        forms.RequestChangesForm,
        "Sends the story back to its author with your comment. A scheduled one comes off the schedule.",
        "Sent back with your comment.",
    ),
    "approve": Door(
        workflow.approve,
        forms.ApproveForm,
        "Approves exactly this version. Whoever changes it afterwards takes the approval back.",
        "Approved.",
        shows_checks=True,
    ),
    "publish": Door(
        publishing.publish,
        forms.PublishForm,
        "Makes the story public at once: on the site, in the feeds and for partners.",
        "Published.",
        shows_checks=True,
    ),
    "schedule": Door(
        publishing.schedule,
        forms.ScheduleForm,
        "Publishes the story by itself at the time you choose. An edit before then takes it off the schedule.",
        "Scheduled.",
        shows_checks=True,
    ),
    "deschedule": Door(
        publishing.deschedule,
        forms.VerbForm,
        "Takes the story off the schedule; it stays approved.",
        "Off the schedule.",
    ),
    "publish_update": Door(
        publishing.publish_update,
        forms.PublishUpdateForm,
        "Gives readers the approved version in place of the one they see.",
        "The new version is public.",
        shows_checks=True,
    ),
    "correct": Door(
        publishing.correct,
        CorrectForm,
        "Publishes the approved version with a notice of what was wrong: on the story, on the corrections page and "
        "in the partners’ feed.",
        "The correction is public.",
        shows_checks=True,
    ),
    "withdraw": Door(
        publishing.withdraw,
        forms.WithdrawForm,
        "Takes the story from the site, the feeds and the partners. It can be published again.",
        "Withdrawn.",
        is_grave=True,
    ),
    "kill": Door(
        publishing.kill,
        forms.KillForm,
        "Takes the story from the public for good. Nobody can bring it back.",
        "Killed.",
        is_grave=True,
    ),
    "spike": Door(
        workflow.spike,
        forms.SpikeForm,
        "Puts aside a story that was never published. It can be brought back.",
        "Spiked.",
        is_grave=True,
    ),
    "unspike": Door(workflow.unspike, forms.VerbForm, "Brings the story back as a draft.", "Back as a draft."),
    "approve_and_publish": Door(
        publishing.approve_and_publish,
        forms.ApproveAndPublishForm,
        "Approves exactly this version and makes it public at once.",
        "Approved and published.",
        shows_checks=True,
    ),
    "plan": Door(
        plans.change_plan,
        PlanForm,
        "When the story goes out, what embargo binds it, and when it ends. An edit takes a scheduled story off again.",
        "Schedule and embargo are set.",
    ),
    "publish_minor_update": Door(
        publishing.publish_minor_update,
        forms.VerbForm,
        "Gives readers the newest version at once. For slips of the pen: no second person is asked, and the story "
        "shows no new time.",
        "The minor update is public.",
        shows_checks=True,
    ),
    "approve_and_correct": Door(
        publishing.approve_and_correct,
        ApproveAndCorrectForm,
        "Approves exactly this version and publishes it with a notice of what was wrong, in one step.",
        "Approved; the correction is public.",
        shows_checks=True,
    ),
}


# They take from the public what it has: that somebody saved a draft meanwhile stands in no way of them.
OF_WHAT_IS_PUBLIC = ("withdraw", "kill")


def name_of(verb: str) -> str:
    """The verb as buttons and pages say it."""
    return rule_of(verb).says


@transaction.atomic
def use(article: Article, verb: str, *, by: AbstractUser, seen: int | None = None, **arguments: Any) -> None:
    """Call the verb; `seen` is the `lock_version` that the person looked at, where the verb is about the new text.

    Raises:
        Refused: by the verb; or StaleArticle when the text was saved since. The verb then holds the row's
            lock, so that the comparison stands, and the transaction takes the verb back.
    """
    DOORS[verb].use(article, by=by, **arguments)
    if seen is None or verb in OF_WHAT_IS_PUBLIC:
        return
    found = Article.objects.values_list("lock_version", flat=True).get(pk=article.pk)
    if found != seen:
        raise StaleArticle(
            f"Somebody saved “{article}” after you opened this page. Nothing was done: look at the new text first.",
            expected=seen,
            found=found,
        )
