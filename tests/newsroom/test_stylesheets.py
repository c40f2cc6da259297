"""The site's one style sheet, joined from its parts."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders

from newsroom import stylesheets


def test_style_sheet_holds_every_part_in_the_order_of_the_cascade():
    text = Path(finders.find(stylesheets.NAME)).read_text()

    places = [text.index((stylesheets.PARTS_FOLDER / f"{part}.css").read_text()) for part in stylesheets.PARTS]
    assert places == sorted(places)


def test_style_sheet_leaves_no_part_out():
    assert {path.stem for path in stylesheets.PARTS_FOLDER.glob("*.css")} == set(stylesheets.PARTS)


def test_style_sheet_is_written_anew_where_a_part_has_changed(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    finder = stylesheets.SiteStylesheetFinder()
    assert "--paper" in Path(finder.find(stylesheets.NAME)).read_text()

    monkeypatch.setattr(stylesheets, "joined", lambda: "body { color: red }")

    assert Path(finder.find(stylesheets.NAME)).read_text() == "body { color: red }"
    assert [name for name, _ in finder.list(None)] == [stylesheets.NAME]


def test_style_sheet_is_what_collectstatic_hashes():
    """Addresses in it are relative to the place at which it is served: beside the parts' own folder."""
    assert set(re.findall(r'url\("([^"]*?)[^/"]*"\)', stylesheets.joined())) == {"fonts/"}


def test_no_part_states_a_colour_but_the_tokens():
    """Paper has its own."""
    colour = re.compile(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)|rgba?\(|hsla?\(")
    others = [part for part in stylesheets.PARTS if part not in ("tokens", "print")]

    stated = {part: colour.findall((stylesheets.PARTS_FOLDER / f"{part}.css").read_text()) for part in others}

    assert stated == {part: [] for part in others}
