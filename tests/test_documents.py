"""The documents say what the code says: links lead somewhere, variables and commands are described."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Made on this machine, by tools or by a run; not part of the repository.
LEFT_OUT = {"var", "media", "staticfiles", "__pycache__", "node_modules"}
PICTURES_AND_FONTS = {".webp", ".png", ".woff2", ".jpg", ".ico"}

# Takes "[Editing](docs/editing.md)" and "![Board](a.png)"; refuses what stands in code.
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
# Takes env.bool("DEBUG", …), os.environ.get("PORT") and os.environ["X"]; refuses settings.DEBUG.
VARIABLE = re.compile(r"(?:\benv\.\w+\(|environ\.(?:get|setdefault)\(|environ\[|getenv\()\s*\"([A-Z][A-Z0-9_]+)\"")
# Takes @shared_task(name="articles.sweep"); refuses send_task("articles.sweep").
TASK = re.compile(r"@shared_task\([^)]*\bname=\"([\w.]+)\"")
# `make run`, and what writes documents and pictures of this repository: no desk runs them by hand.
NOT_OF_OPERATIONS = {"demo", "prepare_demo", "screenshots", "take_screenshots", "write_openapi"}
# Pieced together, so that this file does not hold what it looks for.
MACHINE_PLACES = ["/" + "work/", "/" + "tmp/", "/" + "root/", "/" + "opt/"]
REGISTRIES = ["pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "registry." + "yarnpkg"]


def files_of_repository() -> Iterator[Path]:
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in LEFT_OUT and (name == ".ci" or name[0] != ".")]
        yield from (Path(folder) / name for name in files)


def documents() -> list[Path]:
    return sorted(path for path in files_of_repository() if path.suffix == ".md")


def described() -> str:
    return "\n".join(path.read_text() for path in documents())


def anchors(document: Path) -> set[str]:
    """Headings as addresses: "What runs when" is #what-runs-when."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def sources() -> list[Path]:
    return sorted(path for app in ("newsroom", "articles", "entities") for path in (ROOT / app).rglob("*.py"))


def rows(text: str) -> str:
    return "\n".join(re.findall(r"^\| .*", text, re.MULTILINE))


def leads_nowhere(document: Path, link: str) -> bool:
    place, _, anchor = link.partition("#")
    target = document.parent / place if place else document
    return not target.exists() or bool(anchor and target.suffix == ".md" and anchor not in anchors(target))


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    links = LINK.findall(CODE.sub("", document.read_text()))
    own = [link for link in links if not link.startswith(("https://", "http://", "mailto:"))]

    broken = [link for link in own if leads_nowhere(document, link)]

    assert broken == []


def test_every_environment_variable_is_described() -> None:
    sources = [path.read_text() for path in sorted((ROOT / "newsroom").rglob("*.py"))]
    operations = (ROOT / "docs" / "operations.md").read_text()
    read = {name for source in sources for name in VARIABLE.findall(source)}

    missing = sorted(name for name in read if f"`{name}`" not in operations)

    assert {"DATABASE_URL", "TASK_TIME_LIMIT", "PORT", "NEWSROOM_VAR"} <= read
    assert missing == []


def test_every_described_variable_is_read() -> None:
    code = "\n".join(path.read_text() for path in sorted((ROOT / "newsroom").rglob("*.py")))
    operations = (ROOT / "docs" / "operations.md").read_text()
    rows = re.findall(r"^\| `([A-Z_]+)` \|", operations, re.MULTILINE)

    forgotten = [name for name in rows if f'"{name}"' not in code]

    assert len(rows) > 20
    assert forgotten == []


def test_every_command_is_described() -> None:
    commands = {path.stem for path in sources() if path.parent.name == "commands"} - {"__init__"}
    text, table = described(), rows((ROOT / "docs" / "operations.md").read_text())

    missing = sorted(name for name in commands if f"manage.py {name}" not in text)
    without_row = sorted(name for name in commands - NOT_OF_OPERATIONS if not re.search(rf"[ `]{name}\b", table))

    assert {"demo", "seed", "import_story", "lift_lock"} <= commands
    assert (missing, without_row) == ([], [])


def test_every_task_says_when_it_runs() -> None:
    tasks = {name for path in sources() for name in TASK.findall(path.read_text())}
    operations = (ROOT / "docs" / "operations.md").read_text()
    table = rows(operations.partition("\n## What runs when\n")[2].partition("\n## ")[0])

    told = set(re.findall(r"`([a-z]+\.[a-z_]+)`", table))

    assert {"articles.sweep", "articles.retag_story", "accounts.forget"} <= tasks
    assert told == tasks


def test_every_make_target_is_described() -> None:
    targets = re.findall(r"^([a-z][\w-]*):(?!=)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    text = described()

    missing = [name for name in targets if f"make {name}" not in text]

    assert {"run", "test"} <= set(targets)
    assert missing == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in files_of_repository()
        if path.suffix not in PICTURES_AND_FONTS
        for word in (*MACHINE_PLACES, *REGISTRIES)
        if word in path.read_text(errors="replace")
    ]

    assert found == []
