"""How agencies head what is no story: “KILL: …”, “MANDATORY KILL”, “ADVISORY: …”."""

from __future__ import annotations

import re
from enum import Enum

# What follows the word; "KILL-SWITCH" goes on without one.
_ENDS = r"(?=\s*(?:[:)\]–—*]|-\s|\s-|\Z))"
# Takes "KILL: Frigate leaves", "(Withhold) Frigate leaves", "Frigate leaves – MANDATORY KILL"; leaves "Rebels kill 12",
# "REBELS KILL 12", "Kill-switch bill", "Mandatory kill switches".
_KILL = re.compile(
    rf"(?:\A|[(\[*])\W*(?:(?:urgent|attention|editors|mandatory)\W+){{0,3}}(?:kill|withhold){_ENDS}"
    rf"|\bmandatory\s+kill{_ENDS}",
    re.IGNORECASE,
)
# Takes "ADVISORY: toll", "EDITORS ADVISORY – toll"; leaves "Advisory board named" and "TRAVEL ADVISORY ISSUED".
_ADVISORY = re.compile(rf"\A\W*(?:[A-Z]{{2,12}}\W+)?ADVISORY{_ENDS}")


class Notice(Enum):
    """What is asked: that a story be killed, or that editors know something of it."""

    KILL = "kill"
    ADVISORY = "advisory"


def notice_of(headline: str) -> Notice | None:
    """What a headline asks of editors; None of a story."""
    if _KILL.search(headline):
        return Notice.KILL
    return Notice.ADVISORY if _ADVISORY.search(headline) else None
