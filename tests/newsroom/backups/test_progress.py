"""What takes its time says where it is."""

from __future__ import annotations

from newsroom.backups.progress import Progress


def test_progress_names_the_table_that_pg_dump_and_pg_restore_have_come_to():
    said: list[str] = []
    progress = Progress(said.append, seconds=0)

    progress.hear_tables('pg_dump: dumping contents of table "public.articles_article"')
    progress.hear_tables('pg_restore: processing data for table "public.articles_quote"')
    progress.hear_tables("pg_dump: reading indexes")

    assert said == ["  Table articles_article …", "  Table articles_quote …"]


def test_progress_says_nothing_of_what_is_quick():
    said: list[str] = []
    progress = Progress(said.append)

    for number in range(1000):
        progress(f"Picture {number}")

    assert said == []
