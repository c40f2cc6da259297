"""The desk around the stories: signing in, the board, the lists, people, and what is said where nothing is."""

from __future__ import annotations

from django.urls import reverse

from articles.preview_links import token_of
from newsroom.screenshots import hands
from newsroom.screenshots.shot import BRIEF, Shot
from newsroom.screenshots.stage import Stage

LISTS = {
    "stories": "articles_article",
    "pictures": "articles_image",
    "authors": "articles_author",
    "entities": "entities_entity",
    "names": "entities_name",
    "new-names": "articles_newname",
    "notifications": "articles_notification",
}


def desk_shots(stage: Stage) -> list[Shot]:
    return [*entrance(), *boards(stage), *lists(), *forms(stage), *accounts(stage), *refusals(stage), *previews(stage)]


def entrance() -> list[Shot]:
    change = reverse("admin:password_change")
    return [
        Shot("sign-in", reverse("admin:login")),
        Shot("sign-in-refused", reverse("admin:login"), step=hands.sign_in_wrongly, views=BRIEF),
        Shot("password", change, "reporter", views=BRIEF),
        Shot("password-refused", change, "reporter", hands.change_password_wrongly, BRIEF),
        Shot("password-changed", reverse("admin:password_change_done"), "reporter", views=BRIEF),
    ]


def boards(stage: Stage) -> list[Shot]:
    index = reverse("admin:index")
    return [
        Shot("board", index, "editor"),
        Shot("board-reporter", index, "reporter", views=BRIEF),
        Shot("board-newcomer", index, stage.newcomer.username, views=BRIEF),
        Shot("insight", reverse("admin:insight"), "editor"),
        Shot("everything", reverse("admin:app_list", args=["articles"]), "chief", views=BRIEF),
    ]


def lists() -> list[Shot]:
    stories = reverse("admin:articles_article_changelist")
    review = f"{stories}?work_state__exact=in_review"
    return [
        *(Shot(name, reverse(f"admin:{model}_changelist"), "editor") for name, model in LISTS.items()),
        Shot("stories-filters", stories, "editor", hands.open_first("#changelist-filter summary"), BRIEF),
        Shot("stories-keep", f"{review}&section=land", "editor", hands.open_first(".keep-menu > summary"), BRIEF),
        Shot("stories-none", f"{stories}?q=xylophone", "editor", views=BRIEF),
        Shot("stories-several", review, "editor", hands.choose_bulk("request_changes"), BRIEF),
        Shot("stories-due", review, "editor", hands.choose_bulk("set_due"), BRIEF),
        Shot(
            "stories-spike",
            f"{stories}?work_state__exact=changes_requested",
            "editor",
            hands.choose_bulk("spike"),
            BRIEF,
        ),
        Shot("sections", reverse("admin:articles_section_changelist"), "editor", views=BRIEF),
        Shot("mail", reverse("admin:articles_notification_mail"), "editor", views=BRIEF),
        Shot("notifications-none", reverse("admin:articles_notification_changelist"), "newcomer", views=BRIEF),
    ]


def forms(stage: Stage) -> list[Shot]:
    picture, author = stage.live.image_id, stage.live.bylines.all()[0].author_id
    add = reverse("admin:articles_article_from_text")
    return [
        Shot("new-story", reverse("admin:articles_article_add"), "reporter", views=BRIEF),
        Shot("new-from-text", add, "editor"),
        Shot("new-from-text-refused", add, "editor", hands.send_empty, BRIEF),
        Shot("picture", reverse("admin:articles_image_change", args=[picture]), "editor", views=BRIEF),
        Shot("picture-new", reverse("admin:articles_image_add"), "editor", hands.send_empty, BRIEF),
        Shot("author", reverse("admin:articles_author_change", args=[author]), "editor", views=BRIEF),
        Shot(
            "section-form", reverse("admin:articles_section_change", args=[stage.live.section_id]), "chief", views=BRIEF
        ),
        Shot("image-history", reverse("admin:articles_image_history", args=[picture]), "editor", views=BRIEF),
    ]


def accounts(stage: Stage) -> list[Shot]:
    who = stage.operator.username
    person, group = stage.people.reporter.pk, stage.people.reporter.groups.all()[0].pk
    pages = {
        "people": reverse("admin:auth_user_changelist"),
        "person": reverse("admin:auth_user_change", args=[person]),
        "person-new": reverse("admin:auth_user_add"),
        "person-password": reverse("admin:auth_user_password_change", args=[person]),
        "roles": reverse("admin:auth_group_changelist"),
        "role": reverse("admin:auth_group_change", args=[group]),
    }
    return [Shot(name, path, who, views=BRIEF) for name, path in pages.items()]


def refusals(stage: Stage) -> list[Shot]:
    return [
        Shot("forbidden", reverse("admin:entities_entity_add"), "reporter", views=BRIEF),
        Shot("not-there", reverse("admin:articles_article_change", args=[10**9]), "reporter", views=BRIEF),
    ]


def previews(stage: Stage) -> list[Shot]:
    """What somebody without an account sees who was sent a link."""
    return [
        Shot("preview", reverse("preview", args=[token_of(stage.preview)])),
        Shot("preview-ended", reverse("preview", args=[token_of(stage.ended_preview)]), views=BRIEF),
    ]
