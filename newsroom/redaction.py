"""What must not stand in a log, nor go to Sentry: keys, passwords, tokens, links that let somebody in, addresses of
people, and what was asked after a question mark."""

from __future__ import annotations

import re

REDACTED = "[redacted]"
# Each alternative takes the first and refuses the second.
_SECRET = re.compile(
    r"""
    nrk_live_\w+                              # a key of ours; "nrk_test"
    | whsec_[\w+/=-]+                         # a secret of a webhook; "whsec"
    | (?<=/previews/)[^/\s"'<>]+              # the token of a preview link; "/previews/"
    | (?<=://)[^/\s:@"']*:[^/\s@"']+(?=@)     # "desk:word" in an address; "localhost:8000/"
    | (?i:(?<=bearer\ )|(?<=basic\ ))[\w.~+/=-]{8,}   # what stands in Authorization; "bearer of"
    | (?i:(?<=password=)|(?<=passwd=)|(?<=secret=)|(?<=token=))[^\s&"',;]+  # "password=word"; "password is"
    | (?<=\?)[\w.%~-]+=[^\s"'<>]*             # what was asked: "?token=a&b=c"; "Really? a=b"
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+            # "ana@paper.example"; "worker@newsroom"
    """,
    re.VERBOSE | re.ASCII,
)
# Without one of these there is nothing to look for; most lines have none.
_MARKS = ("nrk_", "whsec_", "/previews/", "earer ", "asic ", "EARER ", "ASIC ", "=", "@")
# Names of fields whose value is none of anybody's business.
SECRET_NAMES = re.compile(r"(?i)authori[sz]ation|cookie|passw|secret|token|api_?key|session|csrf|signature")


def redacted(text: str) -> str:
    """The text without what the module names. Never longer than a few words a find, so that a log stays readable."""
    return _SECRET.sub(REDACTED, text) if any(mark in text for mark in _MARKS) else text
