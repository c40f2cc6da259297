"""Of several versions of a story in one archive, the newest stands in the place of the first, however often it runs."""

from __future__ import annotations

import json
import os
import threading
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles import publishing
from articles.archive import ninjs
from articles.archive.importing import import_archive
from articles.models import Article, Change, EditionRelated, RelatedLink
from articles.tagging import command
from tests.articles.archive.test_importing import line
from tests.articles.archive.test_ninjs import ITEM

pytestmark = pytest.mark.django_db

COMMAND = "articles.management.commands.import_archive"
AS_NINJS = ("--format=ninjs", "--section=sea", "--author=Agency desk")


def item(version: Any = None, uri: str = "urn:agency:1", **changes: Any) -> str:
    own = {} if version is None else {"version": version}
    return json.dumps(ITEM | own | {"uri": uri, "headline": f"Version {version} of it"} | changes)


@pytest.fixture
def bring(desk, norway, finland, section, tmp_path: Path):
    """Runs the command over these lines; what it wrote on standard output and error, and its failure."""

    def run(lines: list[str], *options: str) -> tuple[str, str, str]:
        file = tmp_path / "archive.jsonl"
        file.write_text("\n".join(lines))
        out, err = StringIO(), StringIO()
        try:
            call_command("import_archive", str(file), "--source=old", *options, stdout=out, stderr=err)
        except CommandError as failure:
            return out.getvalue(), err.getvalue(), str(failure)
        return out.getvalue(), err.getvalue(), ""

    return run


def headlines() -> list[str]:
    return list(Article.objects.order_by("headline").values_list("headline", flat=True))


def plain(version: int | None, identifier: str = "wp-1", **changes: Any) -> str:
    own = {"tags": [], "quotes": [], "headline": f"Version {version} of {identifier}"}
    return line(identifier, **(own | ({"version": version} if version else {}) | changes))


def killed(*_: Any, **__: Any) -> None:
    raise KeyboardInterrupt


@pytest.fixture
def pipe(desk, norway, finland, section, monkeypatch):
    """Runs the command over these lines in a pipe; the lines that it wrote on standard error, and its failure."""

    def run(lines: list[str], *options: str) -> tuple[list[str], str]:
        reading, writing = os.pipe()
        writer = threading.Thread(target=write_and_close, args=(writing, "\n".join(lines)))
        writer.start()
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=os.fdopen(reading, "rb")))
        err, failure = StringIO(), ""
        try:
            call_command("import_archive", "-", "--source=old", *options, stdout=StringIO(), stderr=err)
        except CommandError as error:
            failure = str(error)
        writer.join()
        return err.getvalue().splitlines(), failure

    return run


def write_and_close(pipe: int, text: str) -> None:
    with os.fdopen(pipe, "w") as file:
        file.write(text)


def test_the_newest_version_of_a_file_stands(bring):
    out, err, failure = bring([item("2"), item("9"), item("10"), item("1", uri="urn:agency:2"), item("3")], *AS_NINJS)

    assert headlines() == ["Version 1 of it", "Version 10 of it"]
    assert out.startswith("Imported 2 stories; 0 were here already.\nLeft out 3 lines with older versions of stories")
    assert [told for told in err.splitlines() if told] == [
        f"Line {number}: An older version, left out: line 3 has the newest." for number in (1, 2, 5)
    ]
    assert failure == ""


def test_a_story_in_two_versions_is_published_once_and_corrected_never(bring):
    bring([item("1"), item("2")], *AS_NINJS)

    article = Article.objects.get()
    assert (article.version, article.revisions.count(), article.corrections.count()) == (1, 1, 0)
    assert Change.objects.count() == 1


def test_of_equal_numbers_the_time_decides(bring):
    late, early = "2026-03-01T10:00:00Z", "2026-03-01T11:30:00+02:00"

    bring(
        [item("1", headline="Early", versioncreated=early), item("1", headline="Late", versioncreated=late)], *AS_NINJS
    )

    assert headlines() == ["Late"]


def test_versions_of_lines_of_json_are_weighed_too(bring):
    bring([plain(2), plain(3), plain(None)])

    assert headlines() == ["Version 3 of wp-1"]


def test_the_same_version_twice_is_told_and_the_first_is_taken(bring):
    _, err, failure = bring([plain(None), plain(None, headline="Another")])

    assert headlines() == ["Version None of wp-1"]
    assert "Line 2: Line 1 has the same story: that one was taken." in err
    assert failure.startswith("1 line was not imported")


@pytest.mark.parametrize("changes", [{"pubstatus": "canceled"}, {"embargoed": "2190-01-01T00:00:00Z"}])
def test_no_older_version_stands_where_the_newest_may_not(bring, changes):
    _, err, failure = bring([item("1"), item("2", **changes)], *AS_NINJS)

    assert headlines() == []
    assert "Line 2: " in err
    assert failure.startswith("1 line was not imported")


def test_a_cancelled_version_that_is_older_keeps_nothing_out(bring):
    _, _, failure = bring([item("1", pubstatus="canceled"), item("2")], *AS_NINJS)

    assert (headlines(), failure) == (["Version 2 of it"], "")


def bare(**members: Any) -> str:
    """A cancel as agencies send it: hardly more than the uri."""
    return json.dumps({"uri": "urn:agency:1", "pubstatus": "canceled"} | members)


NOON, LATER = "2026-03-01T12:00:00Z", "2026-03-01T15:00:00Z"


@pytest.mark.parametrize(
    ("usable", "cancel"),
    [
        (item(None, versioncreated=NOON), bare(versioncreated=NOON)),
        (item(None, versioncreated=NOON), bare()),
        (item("7"), bare()),
        (item("7"), bare(version="7")),
        (item("7", versioncreated=LATER), bare(version="7")),
        (item("7", versioncreated=NOON), bare(versioncreated=NOON)),
        (item("7", versioncreated=NOON), bare(versioncreated=LATER)),
        (item(None, versioncreated=None, firstcreated=NOON), bare(version="1")),
        (item("7"), bare(version="7", pubstatus="usable", pubStatus="withheld")),
        (item("7"), bare(version="7", pubstatus=["canceled"])),
        (item("7"), bare(version="7", pubstatus="usable", embargoed=1999999999)),
        (item("7"), bare(version="7", pubstatus="usable", embargoed="2190-01-01")),
    ],
)
@pytest.mark.parametrize("first", [0, 1], ids=["story first", "cancel first"])
def test_what_is_not_newer_beyond_doubt_loses_to_a_cancel(bring, usable, cancel, first):
    lines = [usable, cancel][:: -1 if first else 1]

    out, err, failure = bring(lines, *AS_NINJS)

    assert headlines() == []
    assert f"Line {1 + first}: Left out: line {2 - first} withholds the story." in err
    assert f"Line {2 - first}: What may not be used is not imported: it" in err
    assert "Left out 1 line of stories that may not be used." in out
    assert failure.startswith("1 line was not imported")


@pytest.mark.parametrize(
    ("usable", "cancel"),
    [
        (item("8"), bare(version="7", versioncreated="2190-01-01T00:00:00Z")),
        (item("7", versioncreated=LATER), bare(version="7", versioncreated=NOON)),
        (item(None, versioncreated=LATER), bare(versioncreated=NOON)),
        (item("7", versioncreated=LATER), bare(versioncreated=NOON)),
    ],
)
@pytest.mark.parametrize("first", [0, 1], ids=["story first", "cancel first"])
def test_a_version_that_is_newer_beyond_doubt_stands(bring, usable, cancel, first):
    _, err, failure = bring([usable, cancel][:: -1 if first else 1], *AS_NINJS)

    assert len(headlines()) == 1
    assert err.splitlines() == [f"Line {2 - first}: An older version, left out: line {1 + first} has the newest."]
    assert failure == ""


def test_of_several_cancels_the_newest_is_told_as_the_reason(bring):
    lines = [bare(version="2"), item("1"), bare(version="4", pubstatus="withheld"), item("3"), bare(version="1")]

    _, err, failure = bring(lines, *AS_NINJS)

    assert headlines() == []
    assert err.splitlines() == [
        "Line 1: Left out: line 3 withholds the story.",
        "Line 2: Left out: line 3 withholds the story.",
        "Line 3: What may not be used is not imported: its status is “withheld”.",
        "Line 4: Left out: line 3 withholds the story.",
        "Line 5: Left out: line 3 withholds the story.",
    ]
    assert failure.startswith("1 line was not imported")


@pytest.mark.parametrize("share", ["1/2", "2/2"])
def test_a_share_imports_nothing_that_a_line_of_another_withholds(bring, monkeypatch, share):
    monkeypatch.setattr(f"{COMMAND}.BATCH", 2)
    lines = [item("1"), item("1", "urn:agency:2"), bare(version="2"), item("1", "urn:agency:3")]

    bring(lines, *AS_NINJS, f"--share={share}")

    assert Article.objects.values_list("external_id", flat=True)[0] == f"old/urn:agency:{2 if share == '1/2' else 3}"
    assert Article.objects.count() == 1


def take_down(article: Article, line: int, reason: str = "its status is “canceled”") -> str:
    return (
        f"Take down “{article.headline}”, /admin/articles/article/{article.pk}/change/: line {line} says that {reason}."
    )


def test_a_cancel_of_what_is_live_is_told_last_whatever_else_is_refused(bring):
    bring([item("1", f"urn:agency:{number}") for number in range(3)], *AS_NINJS)
    pictures = [item("1", f"urn:picture:{number}", type="picture") for number in range(25)]
    cancels = [bare(uri=f"urn:agency:{number}", version="2") for number in (2, 0, 9)]

    said = [bring([*pictures, *cancels], *AS_NINJS) for _ in range(2)]

    story = {article.external_id: article for article in Article.objects.all()}
    for _, err, failure in said:
        assert err.splitlines()[20:] == [
            take_down(story["old/urn:agency:2"], 26),
            take_down(story["old/urn:agency:0"], 27),
        ]
        assert failure == (
            "28 lines were not imported; the first of them are told above. 2 stories that may not be used are live or "
            "scheduled here: take down what is named above."
        )


def test_more_stories_to_take_down_than_lines_are_told_are_all_named(bring):
    bring([item("1", f"urn:agency:{number}") for number in range(30)], *AS_NINJS)

    _, err, failure = bring([bare(uri=f"urn:agency:{number}") for number in range(30)], *AS_NINJS)

    assert err.count("Take down “") == 30
    assert "30 stories that may not be used are live" in failure


def test_what_was_taken_down_is_not_told_again(bring, desk):
    bring([item("1"), item("1", "urn:agency:2")], *AS_NINJS)
    desk.kill(Article.objects.get(external_id="old/urn:agency:1"))
    publishing.withdraw(Article.objects.get(external_id="old/urn:agency:2"), by=desk.chief, reason="The agency did.")

    _, err, failure = bring([bare(), bare(uri="urn:agency:2")], *AS_NINJS)

    assert "Take down" not in err
    assert failure == "2 lines were not imported; the first of them are told above."


def test_a_cancel_with_an_id_that_is_none_is_borne(bring):
    _, err, failure = bring([bare(uri="urn:\x00\ud800"), bare(uri="u" * 999)], *AS_NINJS)

    assert len(err.splitlines()) == 2
    assert failure.startswith("2 lines were not imported")


def test_a_cancel_that_comes_later_in_a_pipe_is_told_with_its_story(pipe):
    others = [item("1", f"urn:agency:{number}") for number in range(2, 120)]

    told, failure = pipe([item("1"), *others, bare(version="2")], *AS_NINJS)

    assert told == [
        "Line 120: What may not be used is not imported: its status is “canceled”.",
        take_down(Article.objects.get(external_id="old/urn:agency:1"), 120),
    ]
    assert "1 story that may not be used is live or scheduled here" in failure


@pytest.mark.parametrize("share", ["1/2", "2/2"])
def test_a_cancel_in_a_pipe_is_told_by_each_share(pipe, bring, monkeypatch, share):
    monkeypatch.setattr(f"{COMMAND}.BATCH", 1)
    bring([item("1")], *AS_NINJS)

    told, _ = pipe([item("1"), bare(version="2")], *AS_NINJS, f"--share={share}")

    assert told[-1] == take_down(Article.objects.get(), 2)


def test_a_cancel_that_has_been_read_keeps_a_story_of_a_pipe_out(pipe):
    pipe([item("1"), bare(version="2")], *AS_NINJS)
    pipe([bare(uri="urn:agency:2"), item("1", "urn:agency:2")], *AS_NINJS)

    assert headlines() == []


@pytest.mark.parametrize("batch", [1, 100])
def test_a_version_in_a_pipe_that_overtakes_a_cancel_is_imported(pipe, monkeypatch, batch):
    monkeypatch.setattr(f"{COMMAND}.BATCH", batch)

    told, _ = pipe([bare(version="1"), item("2"), item("3")], *AS_NINJS)

    assert headlines() == ["Version 2 of it"]
    assert "Take down" not in "".join(told)


@pytest.mark.parametrize(
    ("version", "stands"),
    [
        *((version, []) for version in ("2", "two", "", None, 2.5, True, [], float("inf"))),
        *((version, ["Version 1 of wp-1"]) for version in ("1", "0", 0, -1)),
    ],
)
@pytest.mark.parametrize("first", [0, 1], ids=["last", "first"])
def test_a_version_that_is_no_number_may_be_the_newest(bring, version, stands, first):
    odd = json.dumps(json.loads(plain(None)) | {"version": version, "headline": "Odd"})

    _, err, failure = bring([plain(1), odd][:: -1 if first else 1])

    # Of two with the same version the first stands, which is refused here.
    is_first_of_equals = version == "1" and first
    assert headlines() == ([] if is_first_of_equals else stands)
    if not stands:
        assert f"Line {2 - first}: “version” is a whole number from 1 on." in err
        assert failure.startswith("1 line was not imported")


def test_a_version_that_is_no_number_and_older_keeps_nothing_out(bring):
    _, err, failure = bring([plain(3), json.dumps(json.loads(plain(None)) | {"version": "2"})])

    assert (headlines(), failure) == (["Version 3 of wp-1"], "")
    assert "Line 2: An older version, left out: line 1 has the newest." in err


def test_a_line_that_is_too_long_is_refused_and_moves_no_other(bring, monkeypatch):
    monkeypatch.setattr(command, "LONGEST_LINE", 2_000)
    monkeypatch.setattr(command, "PIECE", 300)
    lines = [plain(1), plain(1, "wp-2", body=f"<p>{'x' * 5_000}</p>"), plain(1, "wp-3", related=["wp-1"]), plain(2)]

    _, err, failure = bring(lines)

    assert headlines() == ["Version 1 of wp-3", "Version 2 of wp-1"]
    assert err.splitlines() == [
        "Line 1: An older version, left out: line 4 has the newest.",
        "Line 2: It is longer than 0 MB, which no story is.",
    ]
    assert RelatedLink.objects.get().target.headline == "Version 2 of wp-1"
    assert failure.startswith("1 line was not imported")


def test_a_link_to_a_story_that_stands_between_its_versions_is_kept(bring):
    lines = [plain(1), plain(1, "wp-2", related=["wp-1"]), plain(2), plain(1, "wp-3"), plain(3)]

    said = [bring(lines) for _ in range(2)]

    assert [out.splitlines()[0] for out, _, _ in said] == [
        "Imported 3 stories; 0 were here already.",
        "Imported 0 stories; 3 were here already.",
    ]
    for _, err, failure in said:
        assert [told for told in err.splitlines() if told] == [
            f"Line {number}: An older version, left out: line 5 has the newest." for number in (1, 3)
        ]
        assert failure == ""
    link = RelatedLink.objects.get()
    assert (link.article.headline, link.target.headline) == ("Version 1 of wp-2", "Version 3 of wp-1")


def test_the_newest_links_to_what_stands_before_the_first_line_and_later_to_the_rest(bring):
    out, _, _ = bring([plain(1, "wp-0"), plain(1), plain(1, "wp-2"), plain(2, related=["wp-0", "wp-2"])])

    assert out.splitlines()[:2] == [
        "Imported 3 stories; 0 were here already.",
        "Added 1 link to stories that came in later: readers see them with the next version.",
    ]
    assert [link.target.headline for link in EditionRelated.objects.all()] == ["Version 1 of wp-0"]
    assert [link.target.headline for link in RelatedLink.objects.order_by("ordinal")] == [
        "Version 1 of wp-0",
        "Version 1 of wp-2",
    ]


@pytest.mark.parametrize(
    ("write", "options", "identifier"),
    [(plain, (), "wp-{}"), (lambda version, name, **own: item(str(version), name, **own), AS_NINJS, "urn:agency:{}")],
    ids=["jsonl", "ninjs"],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\n\n"])
def test_the_newest_comes_in_the_place_of_the_first_line(bring, write, options, identifier, newline):
    written = [(1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 3), (2, 1), (3, 1)]
    lines = [
        write(version, identifier.format(name), headline=f"Wörds {name} as of {version}") for version, name in written
    ]

    _, err, failure = bring([newline.join(lines)], *options)

    assert list(Article.objects.order_by("pk").values_list("headline", flat=True)) == [
        f"Wörds {name} as of {version}" for name, version in ((1, 3), (2, 1), (3, 2))
    ]
    step = newline.count("\n")
    told = {1: 5, 3: 5, 4: 6, 7: 5}
    assert [remark for remark in err.splitlines() if remark] == [
        *(
            f"Line {(older - 1) * step + 1}: An older version, left out: line {(newest - 1) * step + 1} has the newest."
            for older, newest in told.items()
        ),
        f"Line {7 * step + 1}: Line {4 * step + 1} has the same story: that one was taken.",
    ]
    assert failure.startswith("1 line was not imported")


def test_a_mistake_of_the_newest_bears_its_own_line(bring):
    _, err, failure = bring([plain(1), plain(1, "wp-2"), plain(2, section="moon"), plain(3, "wp-2", headline=None)])

    assert headlines() == []
    assert "Line 3: There is no section “moon”" in err
    assert "Line 4: “headline” is missing" in err
    assert failure.startswith("2 lines were not imported")


@pytest.mark.parametrize(
    ("runs", "counts"),
    [
        (["1/2", "2/2"], [5, 9]),
        (["2/2", "1/2"], [4, 9]),
        (["2/2", "1/1", "1/1"], [4, 9, 9]),
    ],
)
def test_run_twice_and_in_shares_gives_the_same(bring, monkeypatch, runs, counts):
    monkeypatch.setattr(f"{COMMAND}.BATCH", 5)
    lines = [*(plain(1, f"wp-{number}") for number in range(9)), plain(2, "wp-0")]

    found, told = [], []
    for share in runs:
        _, err, failure = bring(lines, f"--share={share}")
        found.append(len(headlines()))
        told.append("Line 1: An older version, left out: line 10 has the newest." in err)
        assert failure == ""

    assert found == counts
    assert told == [share != "2/2" for share in runs]
    assert [headline for headline in headlines() if headline.endswith("of wp-0")] == ["Version 2 of wp-0"]


def test_a_run_that_was_killed_goes_on_with_the_same(bring, monkeypatch):
    linking = [plain(1, f"wp-{number}", related=["wp-0"]) for number in range(1, 9)]
    lines = [plain(1, "wp-0"), *linking, plain(2, "wp-0")]
    monkeypatch.setattr(f"{COMMAND}.BATCH", 5)
    takes = [import_archive, killed]

    with monkeypatch.context() as patched:
        patched.setattr(
            "articles.archive.batches.import_archive", lambda *given, **named: takes.pop(0)(*given, **named)
        )
        with pytest.raises(KeyboardInterrupt):
            bring(lines)
    halfway = Article.objects.count()
    out, _, failure = bring(lines)

    assert (halfway, failure) == (5, "")
    assert out.startswith("Imported 4 stories; 5 were here already.\nLeft out 1 line with older versions")
    assert RelatedLink.objects.filter(target__headline="Version 2 of wp-0").count() == 8


def test_a_file_on_standard_input_is_begun_where_it_is(desk, norway, finland, section, tmp_path, monkeypatch):
    file = tmp_path / "archive.jsonl"
    file.write_text("\n".join(["What went before", plain(1), plain(1, "wp-2", related=["wp-1"]), plain(2)]))
    opened = file.open("rb")
    opened.readline()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=opened))
    err = StringIO()

    call_command("import_archive", "-", "--source=old", stdout=StringIO(), stderr=err)

    assert RelatedLink.objects.get().target.headline == "Version 2 of wp-1"
    assert "Line 1: An older version, left out: line 3 has the newest." in err.getvalue()


def test_a_newer_version_after_an_import_is_told_and_changes_nothing(bring):
    bring([plain(1), plain(1, "wp-2")])

    out, err, failure = bring([plain(1), plain(2, body="<p>Quite other words.</p>"), plain(1, "wp-2")])

    assert headlines() == ["Version 1 of wp-1", "Version 1 of wp-2"]
    assert "Line 2: It came in before with other words, which were kept." in err
    assert "Kept 1 story as here: the archive has other words by now." in out
    assert failure == ""


def test_words_that_the_desk_has_changed_since_are_no_other_version(bring, desk):
    bring([plain(1)])
    desk.save(Article.objects.get(), by=desk.chief, body="<p>The desk wrote this.</p>")

    out, err, _ = bring([plain(1)])

    assert "other words" not in out + err


def test_a_pipe_is_read_once_and_takes_the_first(pipe):
    told, failure = pipe([plain(1), *(plain(1, f"wp-{number}") for number in range(2, 120)), plain(2)])

    assert "Version 1 of wp-1" in headlines()
    assert told == ["Line 120: Line 1 has the same story: that one was taken."]
    assert failure.startswith("1 line was not imported")


@pytest.mark.parametrize("text", ["{", "[]", "{}", "[" * 200_000, '{"uri": 7}'])
def test_a_line_that_is_no_item_has_no_version(text):
    assert ninjs.version_of(text) is None


@pytest.mark.parametrize(
    "changes", [{"version": "9" * 6000}, {"version": {}}, {"versioncreated": "9999-99-99T00:00:00Z"}]
)
def test_a_version_that_is_nonsense_is_borne(changes):
    assert ninjs.version_of(json.dumps(ITEM | changes))[0] == ITEM["uri"]
