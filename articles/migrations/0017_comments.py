"""What the desk says to itself about a story: threads, comments, and who was told of them."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Only the columns named as arguments of the trigger may change; no row is ever deleted.
KEEPING = """
CREATE FUNCTION articles_change_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '% keeps its rows: they are never deleted', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (to_jsonb(OLD) - TG_ARGV) IS DISTINCT FROM (to_jsonb(NEW) - TG_ARGV) THEN
        RAISE EXCEPTION '% keeps what was said, where and by whom', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION articles_comment_stays_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a deleted comment stays deleted'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER articles_commentthread_keeps BEFORE UPDATE OR DELETE ON articles_commentthread
FOR EACH ROW EXECUTE FUNCTION articles_change_only(
    'start', 'end', 'prefix', 'suffix', 'block_id', 'anchor', 'words_now', 'touched_at', 'resolved_at', 'resolved_by_id'
);

CREATE TRIGGER articles_comment_keeps BEFORE UPDATE OR DELETE ON articles_comment
FOR EACH ROW EXECUTE FUNCTION articles_change_only('text', 'edited_at', 'deleted_at');

CREATE TRIGGER articles_comment_stays_deleted BEFORE UPDATE ON articles_comment
FOR EACH ROW WHEN (OLD.deleted_at IS NOT NULL) EXECUTE FUNCTION articles_comment_stays_deleted();
"""

LETTING_GO = """
DROP TRIGGER articles_comment_stays_deleted ON articles_comment;
DROP TRIGGER articles_comment_keeps ON articles_comment;
DROP TRIGGER articles_commentthread_keeps ON articles_commentthread;
DROP FUNCTION articles_comment_stays_deleted();
DROP FUNCTION articles_change_only();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0016_rows_of_standing_pictures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CommentThread",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        choices=[("headline", "headline"), ("standfirst", "standfirst"), ("body", "body")],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True, help_text="The exact words that it is about.")),
                ("start", models.PositiveIntegerField(blank=True, null=True)),
                ("end", models.PositiveIntegerField(blank=True, null=True)),
                ("prefix", models.CharField(blank=True, max_length=64)),
                ("suffix", models.CharField(blank=True, max_length=64)),
                ("block_id", models.CharField(blank=True, max_length=16)),
                (
                    "anchor",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("kept", "in the text"),
                            ("changed", "its words have changed in the text"),
                            ("gone", "no longer in the text"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words_now", models.TextField(blank=True, help_text="What stands in the place of changed words.")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "touched_at",
                    models.DateTimeField(help_text="When anything in it last changed, for pages that show it."),
                ),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comment_threads",
                        to="articles.article",
                    ),
                ),
                (
                    "made_on",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.revision"
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("text", models.TextField(blank=True, max_length=5000)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="articles.commentthread",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="CommentNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_mention", models.BooleanField(default=False)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="articles.comment"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("comment", "user"), name="comment_notice_once_a_person")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="commentthread",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("anchor", ""), ("end", None), ("field", ""), ("start", None), ("words", "")),
                    models.Q(
                        ("anchor", "gone"),
                        ("end", None),
                        ("field__in", ["headline", "standfirst", "body"]),
                        ("start", None),
                        models.Q(("words", ""), _negated=True),
                    ),
                    models.Q(
                        ("anchor__in", ("kept", "changed")),
                        ("end__isnull", False),
                        ("field__in", ["headline", "standfirst", "body"]),
                        ("start__isnull", False),
                        ("start__lt", models.F("end")),
                        models.Q(("words", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="comment_thread_anchor_has_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="commentthread",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("resolved_at", None), ("resolved_by", None)),
                    models.Q(("resolved_at__isnull", False), ("resolved_by__isnull", False)),
                    _connector="OR",
                ),
                name="comment_thread_resolved_has_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("deleted_at", None), models.Q(("text", ""), _negated=True)),
                    models.Q(("deleted_at__isnull", False), ("text", "")),
                    _connector="OR",
                ),
                name="comment_has_words_or_is_deleted",
            ),
        ),
        migrations.RunSQL(KEEPING, LETTING_GO),
    ]
