"""What readers report, pages that editors write, the authors' lists, and the story so far."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from articles.migrations._first_pages import FIRST_PAGES

BATCH = 500
PERMISSIONS = {
    ("errorreport", "view_errorreport"): ("Can view reported error", ("Reporter", "Editor", "Chief")),
    ("errorreport", "handle_errorreport"): ("Can resolve and reject what readers report", ("Editor", "Chief")),
    ("standingpage", "view_standingpage"): ("Can view page", ("Reporter", "Editor", "Chief")),
    ("standingpage", "add_standingpage"): ("Can add page", ("Chief",)),
    ("standingpage", "change_standingpage"): ("Can change page", ("Chief",)),
}
GUARD = """
CREATE TRIGGER articles_standingpageversion_append_only BEFORE UPDATE OR DELETE ON articles_standingpageversion
FOR EACH ROW EXECUTE FUNCTION articles_append_only();
"""
NO_GUARD = "DROP TRIGGER articles_standingpageversion_append_only ON articles_standingpageversion;"


def give_permissions(apps, schema_editor):
    permissions = apps.get_model("auth", "Permission").objects
    for (model, codename), (name, groups) in PERMISSIONS.items():
        content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label="articles", model=model
        )
        permission, _ = permissions.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})
        for group in apps.get_model("auth", "Group").objects.filter(name__in=groups):
            group.permissions.add(permission)


def write_pages(apps, schema_editor):
    now = timezone.now()
    for ordinal, (slug, title, summary, body) in enumerate(FIRST_PAGES, start=1):
        page = apps.get_model("articles", "StandingPage").objects.create(
            slug=slug, title=title, summary=summary, body=body.replace("\n", ""), ordinal=ordinal, updated_at=now
        )
        apps.get_model("articles", "StandingPageVersion").objects.create(
            page=page, number=1, title=title, summary=summary, body=page.body, is_public=True, at=now
        )


def list_by_author(apps, schema_editor):
    listing = apps.get_model("articles", "AuthorListing")
    live = apps.get_model("articles", "Representation").objects.filter(status="live").order_by("pk")
    rows = []
    for pk, bylines, published_at in live.values_list("pk", "edition__bylines", "published_at").iterator(BATCH):
        slugs = dict.fromkeys(byline["slug"] for byline in bylines)
        rows += [listing(article_id=pk, author_slug=slug, published_at=published_at) for slug in slugs]
        if len(rows) >= BATCH:
            listing.objects.bulk_create(rows)
            rows = []
    listing.objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0018_erase_words_of_comments"),
        ("entities", "0003_clean_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AuthorListing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author_slug", models.CharField(max_length=80)),
                ("published_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ErrorReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(help_text="Of the article, when the reader wrote.")),
                ("passage", models.CharField(blank=True, help_text="The words that are wrong.", max_length=500)),
                ("message", models.TextField(help_text="What is wrong, as the reader says.", max_length=3000)),
                (
                    "contact",
                    models.CharField(
                        blank=True,
                        help_text="How to answer, if the reader said so. Forgotten 90 days after the report was handled.",
                        max_length=200,
                    ),
                ),
                (
                    "sender",
                    models.CharField(
                        blank=True,
                        help_text="A keyed digest of the network address, forgotten after two days.",
                        max_length=64,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("resolved", "resolved"), ("rejected", "rejected")],
                        default="open",
                        max_length=8,
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="What the desk did about it, or why nothing.", max_length=500
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="reported at")),
                ("handled_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "reported error",
                "ordering": ("-id",),
                "permissions": (("handle_errorreport", "Can resolve and reject what readers report"),),
            },
        ),
        migrations.CreateModel(
            name="StandingPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="The last part of its address. It stays for life: links to it are out in the world.",
                        max_length=80,
                        unique=True,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                (
                    "summary",
                    models.CharField(
                        blank=True,
                        help_text="One sentence: what a reader finds here. Search engines show it.",
                        max_length=300,
                    ),
                ),
                (
                    "body",
                    models.TextField(blank=True, help_text="Cleaned like the body of a story: headings, lists, links."),
                ),
                (
                    "ordinal",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Lower stands first in the list of pages.", verbose_name="order"
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(
                        default=True,
                        help_text="Off: readers find no page at the address, and no link to it in the list.",
                        verbose_name="public",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("updated_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "page",
                "ordering": ("ordinal", "title"),
            },
        ),
        migrations.CreateModel(
            name="StandingPageVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=120)),
                ("summary", models.CharField(blank=True, max_length=300)),
                ("body", models.TextField(blank=True)),
                ("is_public", models.BooleanField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-number",),
            },
        ),
        migrations.RemoveConstraint(
            model_name="notification",
            name="notification_kind_known",
        ),
        migrations.AddField(
            model_name="author",
            name="picture",
            field=models.ForeignKey(
                blank=True,
                help_text="A portrait from the picture library, shown on the author's page while its rights last.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.image",
            ),
        ),
        migrations.AddField(
            model_name="representation",
            name="earlier",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                help_text="Ids of articles that told the same story before, oldest first; those that are live are shown.",
                null=True,
                size=None,
            ),
        ),
        migrations.AlterField(
            model_name="author",
            name="slug",
            field=models.SlugField(
                help_text="The last part of the address of this author's page, for life.", max_length=80, unique=True
            ),
        ),
        migrations.AlterField(
            model_name="notification",
            name="kind",
            field=models.CharField(
                choices=[
                    ("note", "note"),
                    ("assigned", "assigned"),
                    ("changes_requested", "changes requested"),
                    ("approved", "approved"),
                    ("scheduled", "scheduled"),
                    ("descheduled", "off the schedule"),
                    ("published", "published"),
                    ("withdrawn", "withdrawn"),
                    ("killed", "killed"),
                    ("mention", "mention"),
                    ("comment", "comment"),
                    ("due_soon", "due soon"),
                    ("overdue", "overdue"),
                    ("tagging_failed", "tagging failed"),
                    ("not_done", "not done by the clock"),
                    ("reported", "error reported"),
                ],
                db_default="note",
                default="note",
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("action", "remove")), fields=["-at", "-id"], name="changes_removals_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="correction",
            index=models.Index(fields=["-at", "-id"], name="corrections_newest"),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        (
                            "note",
                            "assigned",
                            "changes_requested",
                            "approved",
                            "scheduled",
                            "descheduled",
                            "published",
                            "withdrawn",
                            "killed",
                            "mention",
                            "comment",
                            "due_soon",
                            "overdue",
                            "tagging_failed",
                            "not_done",
                            "reported",
                        ),
                    )
                ),
                name="notification_kind_known",
            ),
        ),
        migrations.AddField(
            model_name="authorlisting",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="author_listings", to="articles.article"
            ),
        ),
        migrations.AddField(
            model_name="errorreport",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="error_reports", to="articles.article"
            ),
        ),
        migrations.AddField(
            model_name="errorreport",
            name="handled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="standingpage",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("slug", ""), _negated=True), models.Q(("title", ""), _negated=True)),
                name="standing_page_has_slug_and_title",
            ),
        ),
        migrations.AddField(
            model_name="standingpageversion",
            name="by",
            field=models.ForeignKey(
                help_text="Empty: it came with the installation.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="standingpageversion",
            name="page",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="articles.standingpage"
            ),
        ),
        migrations.AddIndex(
            model_name="authorlisting",
            index=models.Index(fields=["author_slug", "-published_at", "-article"], name="listings_of_author"),
        ),
        migrations.AddConstraint(
            model_name="authorlisting",
            constraint=models.UniqueConstraint(fields=("article", "author_slug"), name="author_listing_once"),
        ),
        migrations.AddIndex(
            model_name="errorreport",
            index=models.Index(condition=models.Q(("state", "open")), fields=["article"], name="error_reports_open"),
        ),
        migrations.AddIndex(
            model_name="errorreport",
            index=models.Index(fields=["at"], name="error_reports_by_time"),
        ),
        migrations.AddConstraint(
            model_name="errorreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("message", ""), _negated=True), name="error_report_has_message"
            ),
        ),
        migrations.AddConstraint(
            model_name="errorreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("handled_at", None), ("handled_by", None), ("state", "open")),
                    models.Q(
                        ("handled_at__isnull", False),
                        ("handled_by__isnull", False),
                        ("state__in", ("resolved", "rejected")),
                    ),
                    _connector="OR",
                ),
                name="error_report_handled_by_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="standingpageversion",
            constraint=models.UniqueConstraint(fields=("page", "number"), name="standing_page_version_once"),
        ),
        migrations.AddField(
            model_name="representation",
            name="earlier_quotes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                help_text="What the voices said before, as ids of quotations.",
                null=True,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="representation",
            name="voices",
            field=models.JSONField(help_text="Who is quoted, as articles.voices writes them.", null=True),
        ),
        migrations.AddIndex(
            model_name="editionquote",
            index=models.Index(fields=["speaker_name", "-id"], name="edition_quotes_of_speaker"),
        ),
        migrations.RunSQL(GUARD, NO_GUARD),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
        migrations.RunPython(write_pages, migrations.RunPython.noop),
        migrations.RunPython(list_by_author, migrations.RunPython.noop),
    ]
