"""One story: its editing page with tabs and dialogs, its versions, unsaved words, and every verb's page."""

from __future__ import annotations

from django.urls import reverse

from articles.models import Article
from newsroom.screenshots import hands
from newsroom.screenshots.hands import Step
from newsroom.screenshots.shot import BRIEF, Shot
from newsroom.screenshots.stage import Stage


def story_shots(stage: Stage) -> list[Shot]:
    return [*editing(stage), *standing(stage), *versions(stage), *unsaved(stage), *verbs(stage)]


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def editing(stage: Stage) -> list[Shot]:
    """The editing page of a story in review, with each of its tabs and dialogs."""
    steps: dict[str, Step] = {
        "editing": hands.ready,
        "editing-proposals": hands.open_tab("proposals"),
        "editing-comments": hands.open_tab("comments"),
        "editing-about": hands.open_tab("about"),
        "editing-bubble": hands.select_word,
        "editing-link": hands.press_keys("Control+k"),
        "editing-picture": hands.press_keys("Control+Alt+p"),
        "editing-keys": hands.press_keys("Control+/"),
        "editing-preview": hands.preview,
        "editing-schedule": hands.verb_dialog("Schedule and embargo"),
    }
    seldom: dict[str, Step] = {
        "editing-mention": hands.mention,
        "editing-request": hands.verb_dialog("Request changes"),
        "editing-assign": hands.verb_dialog("who writes it"),
    }
    path = change(stage.waiting)
    quote = stage.waiting.quotes.all()[0]
    return [
        *(Shot(name, path, "editor", step) for name, step in steps.items()),
        *(Shot(name, path, "editor", step, BRIEF) for name, step in seldom.items()),
        Shot(
            "quote", reverse("admin:articles_article_quote", args=[stage.waiting.pk, quote.pk]), "editor", views=BRIEF
        ),
    ]


def standing(stage: Stage) -> list[Shot]:
    """The editing page of stories in other states."""
    return [
        Shot("editing-unfinished", change(stage.unfinished), "reporter", hands.open_tab("desk")),
        Shot("editing-live", change(stage.live), "editor", hands.open_tab("desk"), BRIEF),
        Shot("editing-scheduled", change(stage.scheduled), "editor", hands.open_tab("desk"), BRIEF),
        Shot("editing-read-only", change(stage.updated), "newcomer", hands.open_tab("desk"), BRIEF),
        Shot("killed", change(stage.killed), "chief", hands.ready),
    ]


def versions(stage: Stage) -> list[Shot]:
    story = stage.rewritten
    newest = story.newest_revision.number
    compare = reverse("admin:articles_article_compare", args=[story.pk])
    return [
        Shot("history", reverse("admin:articles_article_history", args=[story.pk]), "editor"),
        Shot("version", reverse("admin:articles_article_revision", args=[story.pk, 1]), "editor", views=BRIEF),
        Shot("compare", f"{compare}?from=1&to={newest}", "editor", views=BRIEF),
        Shot("conflict", f"{change(stage.conflict.article)}?restore={stage.conflict.pk}", "editor"),
    ]


def unsaved(stage: Stage) -> list[Shot]:
    sitting = stage.unsaved
    compare = reverse("admin:articles_article_unsaved", args=[sitting.article_id, sitting.pk])
    return [
        Shot("unsaved", change(sitting.article), "reporter", hands.unsaved_offered, BRIEF),
        Shot("unsaved-compare", compare, "reporter", views=BRIEF),
    ]


def verbs(stage: Stage) -> list[Shot]:
    """The page of each verb, at a story where it is possible, and two that refuse."""

    def page(article: Article, verb: str) -> str:
        return reverse("admin:articles_article_verb", args=[article.pk, verb])

    seldom = {
        "submitting": (stage.draft, "submit"),
        "recalling": (stage.waiting, "recall"),
        "requesting-changes": (stage.waiting, "request_changes"),
        "approving": (stage.waiting, "approve"),
        "approving-and-publishing": (stage.waiting, "approve_and_publish"),
        "publishing": (stage.approved, "publish"),
        "publishing-again": (stage.withdrawn, "publish"),
        "scheduling": (stage.approved, "schedule"),
        "descheduling": (stage.scheduled, "deschedule"),
        "planning": (stage.approved, "plan"),
        "publishing-update": (stage.updated, "publish_update"),
        "publishing-slip": (stage.rewritten, "publish_minor_update"),
        "correcting-approved": (stage.updated, "correct"),
        "withdrawing": (stage.live, "withdraw"),
        "spiking": (stage.draft, "spike"),
        "impossible": (stage.killed, "kill"),
    }
    arrange = reverse("admin:articles_article_arrange", args=[stage.waiting.pk])
    return [
        Shot("correcting", page(stage.rewritten, "approve_and_correct"), "editor"),
        Shot("correcting-facts", page(stage.of_an_exercise, "approve_and_correct"), "editor", views=BRIEF),
        Shot("killing", page(stage.live, "kill"), "chief"),
        Shot("killing-refused", page(stage.live, "kill"), "chief", hands.send_empty, BRIEF),
        Shot("approving-refused", page(stage.blocked, "approve"), "editor", hands.press_first("Approve"), BRIEF),
        *(Shot(name, page(article, verb), "chief", views=BRIEF) for name, (article, verb) in seldom.items()),
        Shot("arranging", arrange, "editor", views=BRIEF),
    ]
