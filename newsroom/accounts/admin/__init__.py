"""The logs of accounts and of locks, for the chief."""

from newsroom.accounts.admin.events import AccountEventAdmin
from newsroom.accounts.admin.locks import LockAdmin

__all__ = ["AccountEventAdmin", "LockAdmin"]
