from django.conf import settings
from django.db import models


class Notification(models.Model):
    """A line for one person, shown on the board until it is read."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")
    message = models.CharField(max_length=500)
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=["user", "-id"], name="notifications_unread", condition=models.Q(read_at=None)),)

    def __str__(self) -> str:
        return self.message
