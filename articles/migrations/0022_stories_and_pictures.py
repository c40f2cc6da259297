from django.db import migrations


class Migration(migrations.Migration):
    """Nothing in the database: what lists, menus and messages call the rows."""

    dependencies = [("articles", "0021_words_of_quotations")]

    operations = [
        migrations.AlterModelOptions(
            name="article",
            options={
                "ordering": ("-saved_at", "-id"),
                "permissions": (
                    ("write_article", "Can write stories and edit own or assigned ones"),
                    ("edit_any_article", "Can edit every story"),
                    ("decide_proposals", "Can confirm and reject what the tagger proposes"),
                    ("submit_article", "Can submit own or assigned stories for review"),
                    ("review_article", "Can request changes, approve, recall and submit any story"),
                    ("approve_own_article", "Can approve a story that nobody else has worked on, with a reason"),
                    ("publish_article", "Can publish, schedule, update, correct and withdraw"),
                    ("lift_embargo", "Can publish before an embargo has passed, with a reason"),
                    ("kill_article", "Can kill a story"),
                    ("spike_article", "Can spike own drafts"),
                    ("spike_any_article", "Can spike any story that was never published"),
                ),
                "verbose_name": "story",
                "verbose_name_plural": "stories",
            },
        ),
        migrations.AlterModelOptions(
            name="image",
            options={"ordering": ("-created_at", "-id"), "verbose_name": "picture"},
        ),
    ]
