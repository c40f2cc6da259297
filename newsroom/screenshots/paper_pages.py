"""What the desk keeps of the paper itself: front page, pages of rules, reports of readers, and its partners."""

from __future__ import annotations

from django.urls import reverse

from articles.models import ExerciseEdition, StandingPage, Storyline
from newsroom.partners.models import Partner, Product
from newsroom.screenshots import hands
from newsroom.screenshots.shot import BRIEF, Shot
from newsroom.screenshots.stage import Stage


def paper_shots(stage: Stage) -> list[Shot]:
    return [*front(), *storylines(), *exercises(), *diary(), *rules(), *reports(stage), *partners()]


def front() -> list[Shot]:
    return [
        Shot("front-places", reverse("admin:articles_frontslot_changelist"), "editor"),
        Shot("front-section", reverse("admin:articles_frontslot_section", args=["sea"]), "editor", views=BRIEF),
    ]


def storylines() -> list[Shot]:
    """The list, one with its stories, and what is said where a title lacks."""
    told = Storyline.objects.order_by("pk")[0].pk
    return [
        Shot("storylines-desk", reverse("admin:articles_storyline_changelist"), "editor", views=BRIEF),
        Shot("storyline-desk", reverse("admin:articles_storyline_change", args=[told]), "editor"),
        Shot("storyline-new", reverse("admin:articles_storyline_add"), "editor", hands.send_empty, BRIEF),
    ]


def exercises() -> list[Shot]:
    """What stories report of an exercise, and how a figure is written down."""
    edition = ExerciseEdition.objects.order_by("pk")[0].pk
    report = reverse("admin:articles_exerciseedition_report", args=[edition, "figure"])
    return [
        Shot("exercise-editions", reverse("admin:articles_exerciseedition_changelist"), "editor", views=BRIEF),
        Shot("exercise-edition", reverse("admin:articles_exerciseedition_change", args=[edition]), "editor"),
        Shot("exercise-figure", report, "editor", hands.send_empty, BRIEF),
    ]


def diary() -> list[Shot]:
    """As a list, by month, and an entry whose end lies before its beginning."""
    return [
        Shot("diary-desk", reverse("admin:articles_diaryentry_changelist"), "editor", views=BRIEF),
        Shot("diary-month", reverse("admin:articles_diaryentry_month"), "editor"),
        Shot("diary-new", reverse("admin:articles_diaryentry_add"), "editor", hands.send_empty, BRIEF),
    ]


def rules() -> list[Shot]:
    page = StandingPage.objects.order_by("ordinal")[0].pk
    pages = {
        "pages": reverse("admin:articles_standingpage_changelist"),
        "page": reverse("admin:articles_standingpage_change", args=[page]),
        "page-versions": reverse("admin:articles_standingpage_versions", args=[page]),
    }
    return [Shot(name, path, "chief", views=BRIEF) for name, path in pages.items()]


def reports(stage: Stage) -> list[Shot]:
    report = reverse("admin:articles_errorreport_change", args=[stage.report.pk])
    return [
        Shot("error-reports", reverse("admin:articles_errorreport_changelist"), "editor", views=BRIEF),
        Shot("error-report", report, "editor", views=BRIEF),
    ]


def partners() -> list[Shot]:
    partner = Partner.objects.filter(keys__isnull=False).order_by("pk")[0]
    key, product = partner.keys.all()[0], Product.objects.order_by("pk")[0]
    pages = {
        "partners": reverse("admin:partners_partner_changelist"),
        "partner": reverse("admin:partners_partner_change", args=[partner.pk]),
        "key-new": reverse("admin:partners_partner_make_key", args=[partner.pk]),
        "key": reverse("admin:partners_partner_change_key", args=[partner.pk, key.pk]),
        "key-rotating": reverse("admin:partners_partner_rotate_key", args=[partner.pk, key.pk]),
        "key-revoking": reverse("admin:partners_partner_revoke_key", args=[partner.pk, key.pk]),
        "products": reverse("admin:partners_product_changelist"),
        "product": reverse("admin:partners_product_change", args=[product.pk]),
    }
    return [Shot(name, path, "chief", views=BRIEF) for name, path in pages.items()]
