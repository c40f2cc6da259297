class BackupError(Exception):
    """Nothing was backed up, or nothing restored; the text says why and what to do."""
