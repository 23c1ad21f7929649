"""People who hold offices and seats, the spellings of their names, and what they agreed to."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content import dated
from content.languages import LANGUAGE_CODES, in_language, one_language_required, reading_order
from content.models import Picture
from content.records import PublicFact, PublicRecord
from content.richtext import RichTextField
from content.sortkeys import sort_key


class PersonQuerySet(models.QuerySet):
    def public(self):
        """Those who have a page of their own."""
        return self.filter(is_public=True)

    def in_alphabetical_order(self, language: str | None = None):
        """By the stored sort key of the reader's language."""
        return self.order_by(f"sort_key_{reading_order(language)[0]}", "pk")


class Person(PublicRecord):
    """A person with an office or a seat; the cases of the name are for letters, never guessed."""

    title_field = "full_name"

    slug = models.SlugField(_("address"), unique=True, max_length=80)
    full_name = models.CharField(_("full name"), max_length=150)
    sort_key_ru = models.CharField(max_length=400, editable=False, default="")
    sort_key_en = models.CharField(max_length=400, editable=False, default="")
    name_genitive = models.CharField(
        _("name in the genitive"), max_length=150, blank=True,
        help_text=_("Russian, whose: for letters and minutes. Never guessed where it is missing."),
    )  # fmt: skip
    name_dative = models.CharField(
        _("name in the dative"), max_length=150, blank=True,
        help_text=_("Russian, to whom: for the head of a letter."),
    )  # fmt: skip
    salutation = models.CharField(_("salutation in a letter"), max_length=200, blank=True)
    photo = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("photo"),
    )  # fmt: skip
    biography = RichTextField(_("biography"), blank=True)
    is_public = models.BooleanField(
        _("has a page of their own"), default=True,
        help_text=_("Off: the name is shown where the person holds something, without a page."),
    )  # fmt: skip
    is_invented = models.BooleanField(_("invented for the demonstration"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key_ru", "pk"]
        constraints = [one_language_required("full_name", "governance_person_name_given")]

    def __str__(self):
        return self.full_name or self.slug

    def save(self, *args, **kwargs):
        """Save, with the sort keys of both languages."""
        for code in LANGUAGE_CODES:
            setattr(self, f"sort_key_{code}", sort_key(in_language(self, "full_name", code)[0]))
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {
                *kwargs["update_fields"], "sort_key_ru", "sort_key_en", "updated_at"
            }  # fmt: skip
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("governance:person", args=[self.slug])


class PersonSpelling(PublicFact):
    """Another spelling by which a person is searched: Topbas for Topbaş."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="spellings", verbose_name=_("person")
    )
    text = models.CharField(_("spelling"), max_length=150)

    class Meta:
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")
        ordering = ["text"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "text"], name="governance_personspelling_once"
            )
        ]

    def __str__(self):
        return self.text


class PersonConsentQuerySet(models.QuerySet):
    def open(self):
        """Consents that hold today."""
        today = dated.today()
        return self.filter(
            Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=today), given_on__lte=today
        )


class PersonConsent(PublicFact):
    """What of a person may be published, since when; withdrawn consents stay as history."""

    class Field(models.TextChoices):
        PHOTO = "photo", _("photo")
        BIOGRAPHY = "biography", _("biography")
        CONTACTS = "contacts", _("contacts")

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="consents", verbose_name=_("person")
    )
    field = models.CharField(_("may be published"), max_length=9, choices=Field)
    given_on = models.DateField(_("agreed on"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = PersonConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent to publication")
        verbose_name_plural = _("consents to publication")
        ordering = ["field", "given_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "field"],
                condition=Q(withdrawn_on__isnull=True),
                name="governance_personconsent_one_open",
                violation_error_message=_("There is a consent to this already."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=models.F("given_on")),
                name="governance_personconsent_in_order",
                violation_error_message=_("A consent is not withdrawn before it is given."),
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_field_display()}"
