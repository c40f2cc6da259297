"""A name under which an entity appears in text: an alias of the gazetteer."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from entities.plain_text import plain


class Form(models.TextChoices):
    """What sort of name it is; shown to the journalist as the reason of a proposal."""

    NAME = "name", "name"
    SHORT = "short", "short form"
    ACRONYM = "acronym", "acronym"
    DEMONYM = "demonym", "people"
    ADJECTIVE = "adjective", "adjective"
    CAPITAL = "capital", "capital"
    GOVERNMENT = "government", "stands for the government"
    PREFIX = "prefix", "prefix"


class Strength(models.TextChoices):
    """How far the name alone can be trusted."""

    STRONG = "strong", "strong: tag it whenever the name appears"
    WEAK = "weak", "weak: only with the context below, and never without a person"
    FORBIDDEN = "forbidden", "forbidden: this text is never this entity"


class Name(models.Model):
    """An alias. Without an entity it is a text that never means any (the South China Sea is not China)."""

    entity = models.ForeignKey("entities.Entity", on_delete=models.PROTECT, null=True, blank=True, related_name="names")
    text = models.CharField(max_length=200)
    form = models.CharField(max_length=12, choices=Form.choices, default=Form.NAME)
    strength = models.CharField(max_length=10, choices=Strength.choices, default=Strength.STRONG)
    case_sensitive = models.BooleanField(default=True, help_text="Off: capitals do not matter.")
    needs_context = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        help_text="One of these words must stand in the story for a weak name to count.",
    )
    needs_country = models.BooleanField(default=False, help_text="The entity's country must be mentioned in the story.")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("text", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["entity", "text", "form"], name="name_unique_for_entity", nulls_distinct=False
            ),
            models.CheckConstraint(condition=~Q(text=""), name="name_text_not_empty"),
            models.CheckConstraint(condition=Q(form__in=Form.values), name="name_form_known"),
            models.CheckConstraint(condition=Q(strength__in=Strength.values), name="name_strength_known"),
            models.CheckConstraint(
                condition=Q(entity__isnull=False) | Q(strength=Strength.FORBIDDEN),
                name="name_without_entity_is_forbidden",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                name="name_valid_from_before_to",
            ),
        )

    def __str__(self) -> str:
        return self.text

    def save(self, *args: object, **kwargs: object) -> None:
        """Without signs that cannot be seen, which would make a twin that no text is ever found by."""
        self.text = plain(self.text)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def clean(self) -> None:
        """
        Raises:
            ValidationError: nothing can be seen of the text, or the entity has this name in this form.
        """
        self.text = plain(self.text)
        if not self.text:
            raise ValidationError({"text": "Nothing of this name can be seen: write it anew, or delete the row."})
        if self.entity_id is None:
            return
        twins = Name.objects.filter(entity_id=self.entity_id, text=self.text, form=self.form)
        if twins.exclude(pk=self.pk).exists():
            told = f"“{self.text}” is a name of this entity already, as {self.get_form_display()}: change that one."
            raise ValidationError({"text": told})
