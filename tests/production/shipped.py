"""The files of docs/deployment/, read as systemd, nginx and Redis read them, with the places of this machine put in."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from newsroom.embedded import ROOT

FOLDER = ROOT / "docs" / "deployment"
RELEASE = "/srv/newsroom/current"
LOOPBACK = "127.0.0.1"


def environment(**here: str) -> dict[str, str]:
    """The variables of the shipped file, with the values of here. Raises KeyError for one that it does not name."""
    told = dict(line.split("=", 1) for line in lines_of("newsroom.env"))
    if unknown := set(here) - set(told):
        raise KeyError(f"newsroom.env does not name {sorted(unknown)}")
    return told | here


def lines_of(name: str) -> Iterator[str]:
    """What stands in a file, without comments; lines that go on after a backslash in one."""
    text = (FOLDER / name).read_text().replace("\\\n", " ")
    yield from (line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith(("#", ";")))


def command_of(unit: str, *, instance: str = "", machine: str = "desk") -> list[str]:
    """What a unit starts, as systemd would, on a machine of that name. It is to be started in the folder of a release,
    with the environment of the machine."""
    said = next(line for line in lines_of(unit) if line.startswith("ExecStart="))
    filled = said.removeprefix("ExecStart=").replace("%i", instance).replace("%H", machine).replace("$$", "$")
    return shlex.split(filled)


def values_of(unit: str) -> dict[str, str]:
    """What the unit itself says of the environment."""
    said = (line.removeprefix("Environment=") for line in lines_of(unit) if line.startswith("Environment="))
    return dict(line.split("=", 1) for line in said)


def arguments_of(unit: str, *, instance: str = "") -> list[str]:
    """What a unit gives to the Python of its release."""
    shell, option, script = command_of(unit, instance=instance)
    execute, python, *arguments = shlex.split(script)
    assert (shell, option, execute, python) == ("/bin/sh", "-c", "exec", "$(pwd -P)/.venv/bin/python"), script
    return arguments


def nginx(folder: Path, *, static: Path, http: int, https: int, web: Sequence[str]) -> Path:
    """The site's file inside a whole configuration, before two web servers with address and port; its path."""
    text = (FOLDER / "nginx.conf").read_text()
    replaced = {
        r"listen (\[::\]:)?80 default_server;": f"listen 127.0.0.1:{http} default_server;",
        r"listen (\[::\]:)?443 ssl http2;": f"listen 127.0.0.1:{https} ssl http2;",
        r"/etc/letsencrypt/live/news\.example\.org": str(folder),
        rf"{RELEASE}/staticfiles/": f"{static}/",
        r"127\.0\.0\.1:8000": web[0],
        r"127\.0\.0\.1:8001": web[1],
    }
    for pattern, here in replaced.items():
        text, count = re.subn(pattern, here, text)
        assert count, f"nginx.conf does not say {pattern}"
    # On one address the two families of the shipped file are the same line twice.
    seen: set[str] = set()
    kept = [line for line in text.splitlines() if "listen" not in line or not (line in seen or seen.add(line))]
    (folder / "site.conf").write_text("\n".join(kept))
    whole = folder / "nginx.conf"
    temporary = "".join(
        f"  {name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole.write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log warn; worker_processes 2;\n"
        "events { worker_connections 256; }\n"
        f"http {{\n  include /etc/nginx/mime.types;\n  access_log {folder}/access.log;\n{temporary}"
        f"  include {folder}/site.conf;\n}}\n"
    )
    return whole


def redis(folder: Path, *, port: int, address: str = LOOPBACK, password: str = "") -> Path:
    text = (FOLDER / "redis.conf").read_text().replace("port 6379", f"port {port}")
    text = text.replace(f"bind {LOOPBACK}", f"bind {address}")
    asked = f"requirepass {password}\n" if password else ""
    written = folder / "redis.conf"
    written.write_text(f"{text}\ndir {folder}\n{asked}")
    return written
