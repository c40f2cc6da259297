"""The entities desk in the admin."""

from entities.admin.entity import EntityAdmin
from entities.admin.name import NameAdmin

__all__ = ["EntityAdmin", "NameAdmin"]
