"""PostgreSQL as several machines reach it: by TLS with a certificate that they know, and by no other way."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg

from tests.certificates import LOOPBACK, self_signed

# As docs/deployment/README.md has it.
ONLY_BY_TLS = "hostssl all all 127.0.0.1/32 scram-sha-256\n"


def only_by_tls(url: str, folder: Path) -> str:
    """Make a running database refuse whoever does not speak TLS; its address, with the certificate that it shows."""
    certificate, key = self_signed("database.internal", LOOPBACK)
    with psycopg.connect(url, autocommit=True) as connection:
        data = Path(str(connection.execute("SHOW data_directory").fetchone()[0]))
        for name, content in (("server.crt", certificate), ("server.key", key), ("pg_hba.conf", ONLY_BY_TLS.encode())):
            _write(data / name, content, like=data)
        connection.execute("ALTER SYSTEM SET ssl = on")
        connection.execute("SELECT pg_reload_conf()")
    known = folder / "database.crt"
    known.write_bytes(certificate)
    known.chmod(0o644)
    return f"{url}?sslmode=verify-full&sslrootcert={known}"


def _write(file: Path, content: bytes, *, like: Path) -> None:
    """A file that the server's own account may read, and nobody else."""
    file.write_bytes(content)
    file.chmod(0o600)
    owner = like.stat()
    os.chown(file, owner.st_uid, owner.st_gid)
