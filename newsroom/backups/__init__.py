"""Backups of a whole desk: the database as it was at one moment, and the pictures that it names.

`making` writes one, `checking` says whether one is whole, `restoring` brings it back. Their doors are
`manage.py backup` and `manage.py restore`; docs/operations.md says how they are used.
"""

# Under which the newest backup stands among the heartbeats.
HEARTBEAT = "backup"
