"""The titles and roles that tell "he" or "she".

Takes: "Mrs", "spokesman", "widow". Leaves out: given names (given_names.py), and roles of either, such as "minister".
"""

from collections.abc import Iterable

from .lexicon import words

HE_ROLES = words(
    "mr sir lord king prince baron sheikh father husband son brother uncle chairman spokesman congressman actor"
)
SHE_ROLES = words(
    "mrs ms miss lady dame queen princess baroness mother wife daughter sister aunt widow chairwoman spokeswoman"
    " congresswoman actress policewoman businesswoman midwife"
)


def pronoun_of_roles(roles: Iterable[str]) -> str:
    """ "he", "she", or "" where no title or role tells, or both are told."""
    lower = {role.lower() for role in roles}
    is_he, is_she = bool(lower & HE_ROLES), bool(lower & SHE_ROLES)
    if is_he is is_she:
        return ""
    return "he" if is_he else "she"
