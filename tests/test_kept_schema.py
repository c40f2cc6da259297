"""What is kept of a migrated database is taken again only while nothing that it is made of has changed."""

import os
import re
import subprocess

import pytest
from django.db import connection

from newsroom.postgres_programs import find_programs
from tests import databases, kept_schema


def test_anything_that_the_schema_is_made_of_changes_the_digest(monkeypatch, tmp_path):
    before = kept_schema.digest()
    (tmp_path / "0001_initial.py").write_text("operations = []")
    found = list(kept_schema.sources())
    monkeypatch.setattr(kept_schema, "sources", lambda: [*found, tmp_path / "0001_initial.py"])
    with_one_more = kept_schema.digest()
    (tmp_path / "0001_initial.py").write_text("operations = [1]")

    assert len({before, with_one_more, kept_schema.digest()}) == 3
    names = {path.name for path in found}
    assert {"0001_initial.py", "0012_alter_user_first_name_max_length.py", "article.py", "broker.py"} <= names


def test_nothing_is_kept_where_everything_is_to_be_proved(monkeypatch, tmp_path):
    monkeypatch.setenv("NEWSROOM_REQUIRE_ALL", "1")
    monkeypatch.setattr(kept_schema, "FOLDER", tmp_path)
    with databases.maintenance() as server:
        kept_schema.keep(server, databases.url_of(databases.template_name()))
        (tmp_path / f"{kept_schema.digest()}.dump").write_bytes(b"")

        assert kept_schema.restore(server, "") is False
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.django_db
def test_what_is_restored_is_what_was_kept(monkeypatch, tmp_path):
    monkeypatch.delenv("NEWSROOM_REQUIRE_ALL", raising=False)
    monkeypatch.setattr(kept_schema, "FOLDER", tmp_path)
    # A copy: while somebody is connected to the template, no other worker could copy it.
    kept, again = f"{databases.own_name()}_kept", f"{databases.own_name()}_again"
    with databases.maintenance() as server:
        if not kept_schema.is_wanted(server):
            pytest.skip("The server is of another version than our programs.")
        server.execute(f'CREATE DATABASE "{kept}" TEMPLATE "{databases.template_name()}"')
        server.execute(f'CREATE DATABASE "{again}"')
        try:
            kept_schema.keep(server, databases.url_of(kept))
            assert kept_schema.restore(server, databases.url_of(again))
            assert written(databases.url_of(again)) == written(databases.url_of(kept))
        finally:
            databases.drop(server, kept)
            databases.drop(server, again)
    assert "articles_article" in connection.introspection.table_names()


def written(url: str) -> str:
    """All of a database as SQL, without the random word that pg_dump puts around it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    dump = [find_programs().folder / "pg_dump", "--restrict-key=x", url]
    return in_one_form(subprocess.run(dump, capture_output=True, text=True, check=True, env=environment).stdout)


def in_one_form(dump: str) -> str:
    """A constraint that was read from a dump is written with other brackets than one that was migrated, and casts the
    texts that it allows one by one."""
    dump = re.sub(r"\('([^']*)'::character varying\)::text", r"'\1'::character varying", dump)
    dump = re.sub(r"\((ARRAY\[[^\]]*\])\)::text\[\]", r"\1", dump)
    lines = (re.sub("[()]", "", line) if " CHECK " in line else line for line in dump.splitlines())
    return "\n".join(lines)
