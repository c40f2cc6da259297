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

from articles import archive_ninjs
from articles.archive import import_archive
from articles.models import Article, Change, RelatedLink
from tests.articles.test_archive import line
from tests.articles.test_archive_ninjs import ITEM

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


def test_the_newest_links_to_what_stands_before_the_first_line_of_its_story(bring):
    out, _, _ = bring([plain(1, "wp-0"), plain(1), plain(1, "wp-2"), plain(2, related=["wp-0", "wp-2"])])

    assert out.startswith("Imported 3 stories; 0 were here already. Left out 1 link to stories that are not here.")
    assert RelatedLink.objects.get().target.headline == "Version 1 of wp-0"


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
        patched.setattr(f"{COMMAND}.import_archive", lambda *given, **named: takes.pop(0)(*given, **named))
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


def test_a_pipe_is_read_once_and_takes_the_first(desk, norway, finland, section, monkeypatch):
    reading, writing = os.pipe()
    lines = [plain(1), *(plain(1, f"wp-{number}") for number in range(2, 120)), plain(2)]
    writer = threading.Thread(target=write_and_close, args=(writing, "\n".join(lines)))
    writer.start()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=os.fdopen(reading, "rb")))
    err = StringIO()

    with pytest.raises(CommandError, match="1 line was not imported"):
        call_command("import_archive", "-", "--source=old", stdout=StringIO(), stderr=err)
    writer.join()

    assert "Version 1 of wp-1" in headlines()
    assert "Line 120: Line 1 has the same story: that one was taken." in err.getvalue()


@pytest.mark.parametrize("text", ["{", "[]", "{}", "[" * 200_000, '{"uri": 7}'])
def test_a_line_that_is_no_item_has_no_version(text):
    assert archive_ninjs.version_of(text) is None


@pytest.mark.parametrize(
    "changes", [{"version": "9" * 6000}, {"version": {}}, {"versioncreated": "9999-99-99T00:00:00Z"}]
)
def test_a_version_that_is_nonsense_is_borne(changes):
    assert archive_ninjs.version_of(json.dumps(ITEM | changes))[0] == ITEM["uri"]
