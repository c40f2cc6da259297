import pytest

from articles.story_files import MAXIMUM_BYTES, UnreadableStory, read_story

STORY = """Fleet returns to port after nine weeks

The fleet came home on Friday, the navy said.
It had been away for nine weeks.
A long way round
Nobody expected the ice.
Related News
- Frigate repairs delayed
- Submarine seen off Bergen
The next voyage is in spring.
"""


def test_read_story_reads_headline_headings_and_related_titles():
    story = read_story(STORY)

    assert story.headline == "Fleet returns to port after nine weeks"
    assert story.related_titles == ("Frigate repairs delayed", "Submarine seen off Bergen")
    assert story.text == (
        "The fleet came home on Friday, the navy said.\n\nIt had been away for nine weeks.\n\nA long way round\n\n"
        "Nobody expected the ice.\n\nThe next voyage is in spring."
    )
    assert story.body.count("<h2 ") == 1


def test_read_story_leaves_the_headline_empty_when_the_first_line_is_a_sentence():
    story = read_story("The fleet came home on Friday.\nIt had been away for nine weeks.")

    assert story.headline == ""
    assert story.text.startswith("The fleet came home")


def test_read_story_joins_lines_that_a_program_wrapped():
    wrapped = (
        "The fleet came home on Friday after nine weeks in\nthe ice, said the navy, "
        "which had not expected it\nso soon.\n"
        "\nNobody was hurt."
    )

    assert read_story(wrapped).text == (
        "The fleet came home on Friday after nine weeks in the ice, said the navy, which had not expected it so soon."
        "\n\nNobody was hurt."
    )


def test_read_story_does_not_take_a_dash_inside_the_story_for_a_related_title():
    story = read_story("The areas –military exercises– grew.\n- and this dash opens a paragraph of its own.")

    assert story.related_titles == ()
    assert "military exercises" in story.text


def test_read_story_does_not_take_a_sentence_about_related_news_for_a_block():
    story = read_story("Related news agencies reported it too.\n- one item")

    assert story.related_titles == ()


def test_read_story_reads_html():
    html = (
        "<!doctype html><title>Paper | Fleet</title><nav><p>Menu</p></nav><article><h1>Fleet home</h1>"
        "<p>It came <em>home</em>.</p><script>alert(1)</script><h2>Ice</h2><p>Thick.</p>"
        "<h3>Related News</h3><ul><li><a href='/x'>Frigate delayed</a></li></ul></article><footer>Foot</footer>"
    )

    story = read_story(html)

    assert story.headline == "Fleet home"
    assert story.text == "It came home.\n\nIce\n\nThick."
    assert story.related_titles == ("Frigate delayed",)


def test_read_story_recognises_the_same_words_in_another_layout():
    plain = read_story("The fleet came home.\n\nNobody was hurt.")
    html = read_story("<p>The fleet  came home.</p><p>Nobody was hurt.</p>")

    assert plain.fingerprint == html.fingerprint


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (b"\x7fELF\x02\x00\x00\x01", "is not a text file"),
        ("Überfahrt".encode("latin-1"), "is not in UTF-8 (the first unreadable byte is number 1)"),
        (b"a" * 20_000_000, "is larger than 5 MB"),
        (b"<script>alert(1)</script>", "holds no words"),
        ("\u201c\u201d \u2014", "holds no words"),
    ],
)
def test_read_story_refuses_with_a_sentence_that_says_what_is_wrong(source: bytes | str, says: str):
    with pytest.raises(UnreadableStory) as refusal:
        read_story(source, filename="folder/story.txt")

    assert refusal.value.message.startswith("“story.txt” ")
    assert says in refusal.value.message


def test_read_story_takes_a_story_of_just_the_largest_size():
    assert len(read_story(b"word " * (MAXIMUM_BYTES // 5)).text) > 5_000_000


def test_read_story_reads_utf16_with_its_mark():
    assert read_story("The fleet came home.".encode("utf-16")).text == "The fleet came home."
