"""Priorities, kinds of notifications, mail, and lists that people keep. Safe under a running older version."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0012_corrections_and_erasure"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MailChoice",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="mail_choice",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "when",
                    models.CharField(
                        choices=[("never", "never"), ("urgent", "only when urgent")], default="never", max_length=10
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SavedList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                (
                    "query",
                    models.CharField(
                        help_text="The filters as the address has them, without the “?”.", max_length=1000
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.AddField(
            model_name="article",
            name="priority",
            field=models.PositiveSmallIntegerField(
                choices=[(1, "low"), (2, "normal"), (3, "high"), (4, "breaking")], db_default=2, default=2
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="by",
            field=models.ForeignKey(
                blank=True,
                help_text="Whose doing it was; empty: the newsroom's clock.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="is_to_mail",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
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
                ],
                db_default="note",
                default="note",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="mailed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="notification",
            name="occasion",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="One person is told of one occasion once.",
                max_length=120,
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="place",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Where in the editing page: the id of an element.",
                max_length=100,
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("read_at__isnull", False)), fields=["read_at"], name="notifications_read"
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("is_to_mail", True), ("mailed_at", None)),
                fields=["id"],
                name="notifications_to_mail",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("priority__in", (1, 2, 3, 4))), name="article_priority_known"
            ),
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
                        ),
                    )
                ),
                name="notification_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.UniqueConstraint(
                condition=models.Q(("occasion", ""), _negated=True),
                fields=("user", "occasion"),
                name="notification_once_an_occasion",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(("mailed_at", None), ("is_to_mail", True), _connector="OR"),
                name="notification_mailed_was_to_mail",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("when__in", ("never", "urgent"))), name="mail_choice_known"
            ),
        ),
        migrations.AddField(
            model_name="savedlist",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="saved_lists", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="savedlist",
            constraint=models.UniqueConstraint(fields=("owner", "name"), name="saved_list_name_once"),
        ),
        migrations.AddConstraint(
            model_name="savedlist",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("query", ""), _negated=True)),
                name="saved_list_says_what",
            ),
        ),
    ]
