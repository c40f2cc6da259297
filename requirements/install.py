"""Installs a hash-locked file into .venv: python3 requirements/install.py requirements/runtime.txt

Into another virtual environment, made where it is missing: … requirements/audit.txt --into .venv-audit
Runs on a bare python3 (only its venv module is needed). uv does the work in a tenth of pip's time; pip
stands in where uv cannot. uv does not read pip's configuration, so what it needs is handed to it.
"""

import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE.parent / ".venv"
PYTHON = VENV / "bin" / "python"  # also the one with uv, wherever it installs to
OLDEST = (3, 11)

# pip's settings, and the environment variables by which uv knows them.
UV_NAMES = {"index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX", "find-links": "UV_FIND_LINKS"}


def main(arguments):
    refuse_unsupported()
    make_venv(VENV)
    bootstrap()
    if arguments[:1] == ["--uv"]:
        sys.exit(subprocess.call([PYTHON, "-m", "uv", *arguments[1:]], env=uv_environment()))
    target = VENV
    if arguments[1:2] == ["--into"]:
        target = HERE.parent / arguments[2]
        make_venv(target)
    install(arguments[0], python_of(target))


def install(requirements, python):
    """What a file names, into the environment of a python; ends with the reason where that fails."""
    locked = ["--require-hashes", "--only-binary", ":all:", "--requirement", requirements]
    say(f"Installing {requirements} …")
    with_uv = [PYTHON, "-m", "uv", "pip", "install", "--python", python, "--quiet", *locked]
    if subprocess.call(with_uv, env=uv_environment()):
        say("uv could not install; trying pip, which takes longer …")
        if subprocess.call([python, "-m", "pip", "install", "--quiet", *locked]):
            sys.exit(f"{requirements} could not be installed; the reason stands above.")


def refuse_unsupported():
    """Ends with what to do where this python or this platform cannot run the newsroom."""
    if sys.version_info < OLDEST:
        here = platform.python_version()
        sys.exit(f"Python 3.11 or newer is needed, this is {here}. Name another: make PYTHON=python3.12 …")
    if platform.system() == "Linux" and platform.libc_ver()[0] != "glibc":
        sys.exit("This Linux has no glibc (Alpine?): the embedded PostgreSQL needs it. Use Debian or Ubuntu.")
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        version = ".".join(platform.python_version_tuple()[:2])
        packages = f"python3-venv (or python{version}-venv)"
        sys.exit(f"Python's venv module is missing. Install it: apt install {packages}")


def python_of(venv):
    return venv / "bin" / "python"


def make_venv(venv):
    """Makes the environment, anew where an earlier attempt left half of it or its python is gone."""
    python = python_of(venv)
    if python.exists() and subprocess.call([python, "-m", "pip", "--version"], stdout=subprocess.DEVNULL) == 0:
        return
    say(f"Making {venv.name} …")
    if subprocess.call([sys.executable, "-m", "venv", "--clear", venv]):
        sys.exit(f"The virtual environment {venv.name} could not be made; the reason stands above.")


def bootstrap():
    """Installs uv itself with pip, hash-locked like all the rest."""
    present = subprocess.run([PYTHON, "-m", "uv", "--version"], capture_output=True, text=True).stdout.split()
    wanted = (HERE / "bootstrap.txt").read_text().split()[0].partition("==")[2]
    if wanted not in present:
        locked = ["--require-hashes", "--requirement", HERE / "bootstrap.txt"]
        subprocess.call([PYTHON, "-m", "pip", "install", "--quiet", *locked])


def uv_environment():
    """Our environment, and pip's index, mirrors and certificate under uv's names; uv's own settings win."""
    environment = {"UV_INDEX_STRATEGY": "unsafe-best-match"}  # pip, too, takes the best of all indexes
    for line in pip_configuration():
        name, _, value = line.partition("=")
        setting, value = name.rpartition(".")[2], value.strip("'\"")
        if setting in UV_NAMES:
            separator = "," if setting == "find-links" else " "
            environment[UV_NAMES[setting]] = separator.join(value.split())
        elif setting == "cert":
            environment["SSL_CERT_FILE"] = value
        elif setting == "no-index" and value.lower() in ("1", "true", "yes"):
            environment["UV_NO_INDEX"] = "1"
    return environment | os.environ


def pip_configuration():
    """Lines like "global.index-url='…'"; what the environment says comes last and so wins."""
    printed = subprocess.run([PYTHON, "-m", "pip", "config", "list"], capture_output=True, text=True).stdout
    return sorted(printed.splitlines(), key=lambda line: line.startswith(":env:"))


def say(line):
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
