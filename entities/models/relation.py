"""A dated fact between two entities."""

from django.db import models
from django.db.models import F, Q


class Relation(models.Model):
    """Subject – kind – object, such as "Ana Sample – holds office in – Ministry of Defence"."""

    class Kind(models.TextChoices):
        MEMBER_OF = "member_of", "is a member of"
        PART_OF = "part_of", "is part of"
        OFFICE_IN = "office_in", "holds office in"
        OPERATES = "operates", "operates"
        BUILT_BY = "built_by", "is built by"
        HOSTS = "hosts", "hosts"
        TAKES_PART = "takes_part", "takes part in"
        SUCCEEDS = "succeeds", "succeeds"

    subject = models.ForeignKey("entities.Entity", on_delete=models.PROTECT, related_name="relations")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    object = models.ForeignKey("entities.Entity", on_delete=models.PROTECT, related_name="relations_from")
    role = models.CharField(max_length=120, blank=True, help_text="The office or part, such as defence minister.")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("subject", "kind", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["subject", "kind", "object", "role", "valid_from"],
                name="relation_stated_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=~Q(subject=F("object")), name="relation_not_with_itself"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                name="relation_valid_from_before_to",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.get_kind_display()} {self.object}"
