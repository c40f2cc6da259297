from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.importing import UnreadableStory, import_story
from articles.models import Article, RelatedLink
from articles.states import GuardFailed, NotAllowed

STORY = (
    "Fleet returns to port\n\nThe fleet came home on Friday.\n\nIt was cold.\n\n"
    "Related News\n- Frigate repairs delayed\n- Nobody wrote this"
)


def test_import_story_makes_a_draft_with_its_related_titles(desk):
    delayed = desk.live("Frigate repairs delayed")

    result = import_story(STORY, by=desk.journalist)

    assert (result.is_new, result.warnings) == (True, ())
    assert (result.article.work_state, result.article.headline) == ("draft", "Fleet returns to port")
    links = result.article.related_links.values_list("title", "target", "origin")
    assert list(links) == [
        ("Frigate repairs delayed", delayed.pk, "import"),
        ("Nobody wrote this", None, "import"),
    ]


def test_import_story_recognises_a_story_imported_before(desk):
    first = import_story(STORY, by=desk.journalist)

    second = import_story(STORY.replace("\n\n", "\n"), by=desk.editor, headline="Another headline")

    assert (second.is_new, second.article.pk) == (False, first.article.pk)
    assert Article.objects.count() == 1


def test_import_story_marks_a_draft_that_lacks_a_headline(desk):
    result = import_story("The fleet came home on Friday.\nIt was cold.", by=desk.journalist)

    assert result.article.headline == ""
    assert result.warnings == ("It has no headline yet: the first line is a full sentence.",)


def test_import_story_sanitises_markup(desk):
    result = import_story("<p>The fleet <b onclick='x()'>came</b> home.</p><script>x()</script>", by=desk.journalist)

    assert "onclick" not in result.article.body
    assert "script" not in result.article.body


def test_import_story_publishes_through_the_verbs(desk):
    result = import_story(STORY, by=desk.chief, section=desk.section, publish=True)

    assert (result.article.pub_state, result.article.version) == ("live", 1)
    verbs = list(result.article.transitions.order_by("id").values_list("verb", flat=True))
    assert verbs == ["submit", "approve", "publish"]


def test_import_story_that_tags_by_itself_sends_no_message(desk, monkeypatch, django_capture_on_commit_callbacks):
    sent: list[str] = []
    monkeypatch.setattr("articles.revisions.current_app.send_task", lambda name, args: sent.append(name))

    with django_capture_on_commit_callbacks(execute=True):
        import_story(STORY, by=desk.chief, section=desk.section, publish=True)
    by_itself = list(sent)
    with django_capture_on_commit_callbacks(execute=True):
        import_story("Another story.\nOf two lines.", by=desk.journalist)

    assert (by_itself, sent) == ([], ["articles.tag_revision"])


def test_import_story_leaves_nothing_behind_when_publication_is_refused(desk):
    with pytest.raises(GuardFailed, match="published in a section"):
        import_story(STORY, by=desk.chief, publish=True)

    assert not Article.objects.exists()
    assert not RelatedLink.objects.exists()


def test_import_story_asks_who_imports(desk, stranger):
    with pytest.raises(NotAllowed):
        import_story(STORY, by=stranger)

    assert not Article.objects.exists()


def test_import_story_refuses_what_holds_no_story(desk):
    with pytest.raises(UnreadableStory, match="is empty"):
        import_story(b"", by=desk.journalist)


def test_import_story_command_goes_on_after_a_bad_file(db, tmp_path: Path):
    (tmp_path / "good.txt").write_text(STORY)
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01")
    out, err = StringIO(), StringIO()

    with pytest.raises(CommandError, match=r"2 of 3 not imported\."):
        call_command(
            "import_story",
            str(tmp_path / "bad.txt"),
            str(tmp_path / "good.txt"),
            str(tmp_path / "missing.txt"),
            stdout=out,
            stderr=err,
        )

    assert "“bad.txt” is not a text file" in err.getvalue()
    assert "missing.txt" in err.getvalue()
    article = Article.objects.get()
    assert out.getvalue() == f"{tmp_path / 'good.txt'}: imported as story {article.pk} (draft), 9 words.\n"


def test_import_story_command_names_the_sections_it_knows(desk, tmp_path: Path):
    (tmp_path / "good.txt").write_text(STORY)

    with pytest.raises(CommandError, match="The sections are: sea"):
        call_command("import_story", str(tmp_path / "good.txt"), section="moon")
