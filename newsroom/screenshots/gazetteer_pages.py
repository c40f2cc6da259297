"""What exists in the world: entities, their names, new names, merging, and changes tried before they are saved."""

from __future__ import annotations

from django.urls import reverse

from articles.models import NewName
from entities.models import Name
from newsroom.screenshots import hands
from newsroom.screenshots.shot import BRIEF, Shot
from newsroom.screenshots.stage import Stage


def gazetteer_shots(stage: Stage) -> list[Shot]:
    return [*entities(stage), *merging(stage), *names(stage), *rules(stage)]


def entities(stage: Stage) -> list[Shot]:
    page = reverse("admin:entities_entity_change", args=[stage.entity.pk])
    country = reverse("admin:entities_entity_change", args=[stage.country.pk])
    return [
        Shot("entity", page, "editor"),
        Shot("entity-reading", page, "reporter", views=BRIEF),
        Shot("entity-edit", f"{page}#names-group", "editor", hands.open_form, BRIEF),
        Shot("entity-country", country, "editor", views=BRIEF),
        Shot("entity-new", reverse("admin:entities_entity_add"), "editor", hands.send_empty, BRIEF),
        Shot("entity-history", reverse("admin:entities_entity_history", args=[stage.merged.pk]), "editor", views=BRIEF),
        Shot("rejected-names", reverse("admin:entities_entity_rejected_names"), "editor", views=BRIEF),
    ]


def merging(stage: Stage) -> list[Shot]:
    merge = reverse("admin:entities_entity_merge", args=[stage.double.pk])
    return [
        Shot("merging-search", f"{merge}?q=alliance", "editor", views=BRIEF),
        Shot("merging", f"{merge}?into={stage.nato.pk}", "editor"),
        Shot("merged", reverse("admin:entities_entity_change", args=[stage.merged.pk]), "editor", views=BRIEF),
    ]


def names(stage: Stage) -> list[Shot]:
    waiting = NewName.objects.waiting()
    new = reverse("admin:articles_newname_change", args=[waiting.all()[0].pk])
    name = Name.objects.filter(entity=stage.entity).order_by("strength", "text")[0]
    return [
        Shot("new-name", new, "editor"),
        Shot("new-name-alias", f"{new}?q=institute", "editor", views=BRIEF),
        Shot("new-name-trial", new, "editor", hands.press_first("Try it first"), BRIEF),
        Shot("name", reverse("admin:entities_name_change", args=[name.pk]), "editor", views=BRIEF),
        Shot("name-never", reverse("admin:entities_name_add"), "editor", views=BRIEF),
        Shot("name-delete", reverse("admin:entities_name_delete", args=[name.pk]), "editor", views=BRIEF),
    ]


def rules(stage: Stage) -> list[Shot]:
    rule = reverse("admin:articles_article_alias_rule", args=[stage.misread.article_id, stage.misread.pk])
    return [
        Shot("alias-rule", rule, "editor", views=BRIEF),
        Shot("alias-rule-trial", f"{rule}?strength=forbidden", "editor", hands.press_first("See what it would"), BRIEF),
    ]
