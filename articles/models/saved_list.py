from django.conf import settings
from django.db import models
from django.db.models import Q


class SavedList(models.Model):
    """Filters of the list of stories that one person wants at hand, under a name of their own."""

    MOST = 12

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_lists")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=1000, help_text="The filters as the address has them, without the “?”.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["owner", "name"], name="saved_list_name_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(query=""), name="saved_list_says_what"),
        )

    def __str__(self) -> str:
        return self.name
