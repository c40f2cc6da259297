"""What pg_dump and pg_restore say."""

from __future__ import annotations

from newsroom.backups.programs import hearing_tables


def test_hearing_tables_names_the_table_that_pg_dump_and_pg_restore_have_come_to() -> None:
    said: list[str] = []
    hear = hearing_tables(said.append)

    hear('pg_dump: dumping contents of table "public.articles_article"')
    hear('pg_restore: processing data for table "public.articles_quote"')
    hear("pg_dump: reading indexes")

    assert said == ["Table articles_article", "Table articles_quote"]
