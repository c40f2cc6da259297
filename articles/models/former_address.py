from django.db import models
from django.db.models import Q


class FormerAddress(models.Model):
    """An address that a section, an author's page, a storyline, a country or an entity had. A trigger writes it when
    the slug or the kind is changed, whoever changes it; a page that has the address today comes first.
    """

    path = models.CharField(max_length=200, unique=True, help_text="As in a request: /entities/unit/first-fleet/.")
    section = models.ForeignKey("articles.Section", on_delete=models.CASCADE, null=True, related_name="+")
    author = models.ForeignKey("articles.Author", on_delete=models.CASCADE, null=True, related_name="+")
    storyline = models.ForeignKey("articles.Storyline", on_delete=models.CASCADE, null=True, related_name="+")
    entity = models.ForeignKey("entities.Entity", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "former addresses"
        constraints = (
            models.CheckConstraint(
                condition=Q(section__isnull=False, author=None, storyline=None, entity=None)
                | Q(section=None, author__isnull=False, storyline=None, entity=None)
                | Q(section=None, author=None, storyline__isnull=False, entity=None)
                | Q(section=None, author=None, storyline=None, entity__isnull=False),
                name="former_address_of_one_subject",
            ),
        )

    def __str__(self) -> str:
        return self.path
