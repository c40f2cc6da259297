from django.db import models


class Anchor(models.TextChoices):
    """What has become of words that a row is anchored to, in the newest revision."""

    KEPT = "kept", "in the text"
    CHANGED = "changed", "its words have changed in the text"
    GONE = "gone", "no longer in the text"
