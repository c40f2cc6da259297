"""What differs, in words."""

from articles import publishing, suggestions
from articles.differences import between_editions, between_revisions, from_edition, shortened, words_changed
from articles.models import Revision
from articles.word_diff import Piece, compare


def revision(text: str, **snapshot) -> Revision:
    return Revision(number=1, text=text, snapshot=snapshot)


def test_between_revisions_names_the_parts_that_differ(db):
    older = revision("The fleet left.", headline="Fleet", dateline="", may_syndicate=True)
    newer = revision("The whole fleet left.", headline="Fleet", dateline="GDYNIA", may_syndicate=False)

    found = between_revisions(older, newer)

    assert [(part.label, part.pieces) for part in found.parts] == [
        ("Dateline", [Piece("added", "GDYNIA")]),
        ("Partners get it", [Piece("removed", "yes"), Piece("added", "no")]),
    ]
    assert words_changed(found.body) == (1, 0)


def test_between_revisions_says_when_only_the_form_differs(db):
    found = between_revisions(revision("Same.", body="<p>Same.</p>"), revision("Same.", body="<p><b>Same.</b></p>"))

    assert (found.is_form_changed, found.is_body_same, found.is_empty) == (True, True, False)


def test_from_edition_shows_what_readers_would_get(desk, norway, finland):
    article = desk.draft()
    suggestions.add_tag(article, norway, by=desk.editor)
    publishing.publish(desk.approve_again(article), by=desk.editor)
    article = desk.save(article, headline="Fleet stays out")
    suggestions.reject(article.tags.get(), by=desk.editor)
    suggestions.add_tag(article, finland, by=desk.editor)
    start = article.revision.text.index("return to port by Friday")
    suggestions.add_quote(article, start=start, end=start + 24, by=desk.editor, speaker_name="Ana Sample")

    found = from_edition(article.edition, desk.fresh(article))

    assert [part.label for part in found.parts] == ["Headline", "Quotations", "Countries and entities"]
    assert found.parts[2].pieces == [Piece("removed", "Norway"), Piece("added", "Finland")]


def test_from_edition_of_what_readers_have_is_empty(desk):
    article = desk.live()

    assert from_edition(article.edition, article).is_empty


def test_between_editions_leaves_out_what_only_the_desk_knows(desk):
    article = desk.live(slugline="fleet-port")
    first = article.edition
    article = desk.approve_again(desk.save(article, slugline="fleet-home", standfirst="New words."))
    publishing.publish_update(article, by=desk.editor)

    found = between_editions(first, desk.fresh(article).edition)

    assert [part.label for part in found.parts] == ["Standfirst"]


def test_words_changed_counts_words_not_signs():
    pieces = [Piece("added", "two words, "), Piece("removed", "– one"), Piece("same", "not these")]

    assert words_changed(pieces) == (2, 1)


def test_shortened_leaves_out_what_is_far_from_a_change() -> None:
    older = "\n\n".join(f"Paragraph {number}." for number in range(9))

    pieces = shortened(compare(older, older.replace("Paragraph 4.", "Paragraph four.")))

    assert pieces == [
        Piece("gap", "3 paragraphs without a change"),
        Piece("same", "\n\nParagraph 3.\n\nParagraph "),
        Piece("removed", "4"),
        Piece("added", "four"),
        Piece("same", ".\n\nParagraph 5.\n\n"),
        Piece("gap", "3 paragraphs without a change"),
    ]
