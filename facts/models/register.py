"""Subjects, and what was said of each: one current statement, the earlier ones behind it.

The unit belongs to the subject: "240,000 municipalities" and "1,000 cities and associations" do
not contradict each other, they count different things.
"""

import datetime
from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Deferrable, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.dated import Precision, start_of_period, today
from content.dates import grouped, partial_text
from content.languages import (
    given_in_one_language,
    in_language,
    one_language_required,
    reading_order,
)
from content.records import PublicRecord, refresh_derived


class Subject(PublicRecord):
    """What is said something of, and what is counted: "regional sections of UCLG", sections."""

    keeps_revisions = True

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(
        _("code"), unique=True, max_length=60, help_text=_("By which pages call for the figure.")
    )
    unit = models.CharField(
        _("unit"), max_length=120, blank=True, help_text=_("What is counted: sections, people, %.")
    )
    match_words = models.TextField(
        _("words beside the figure"), max_length=600, blank=True,
        help_text=_(
            "One phrase a line. The text check compares a number beside these words with the "
            "register. An asterisk stands for any ending: regional* section*"
        ),
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("subject of the facts register")
        verbose_name_plural = _("subjects of the facts register")
        ordering = ["position", "slug"]
        constraints = [one_language_required("title", "facts_subject_title_given")]

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return f"{reverse('facts:list')}#{self.slug}"


class FactQuerySet(models.QuerySet):
    def current(self):
        """What stands today: nothing superseded it."""
        return self.filter(superseded_by__isnull=True)

    def said_by(self, day: datetime.date | None = None):
        """What had been said by a day (today when not given), the latest first."""
        return self.filter(as_of__lte=day or today()).order_by("-as_of", "-pk")


class Fact(PublicRecord):
    """One statement of a subject: wording, value, source, day."""

    keeps_revisions = True
    title_field = "wording"

    class Bound(models.TextChoices):
        EXACT = "exact", pgettext_lazy("figure", "exactly")
        ABOUT = "about", pgettext_lazy("figure", "about")
        OVER = "over", pgettext_lazy("figure", "more than")

    subject = models.ForeignKey(
        Subject,
        on_delete=models.PROTECT,
        related_name="facts",
        verbose_name=pgettext_lazy("fact", "subject"),
    )
    wording = models.CharField(
        pgettext_lazy("fact", "wording"),
        max_length=300,
        help_text=_("A sentence or its part, with the value in it."),
    )
    bound = models.CharField(_("how exact"), max_length=5, choices=Bound, default=Bound.EXACT)
    value = models.DecimalField(
        _("value"), max_digits=20, decimal_places=3, null=True, blank=True,
        help_text=_("In full: 300000000, not 300 million."),
    )  # fmt: skip
    text = models.CharField(
        _("value in words"), max_length=200, blank=True, help_text=_("For what is no number.")
    )
    source = models.CharField(_("source"), max_length=300)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    as_of = models.DateField(_("as of"))
    as_of_precision = models.CharField(
        _("known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes",
        verbose_name=_("superseded by"), help_text=_("Empty: this is the current statement."),
    )  # fmt: skip
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts register")
        ordering = ["-as_of", "-pk"]
        constraints = [
            one_language_required("wording", "facts_fact_wording_given"),
            one_language_required("source", "facts_fact_source_given"),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | given_in_one_language("text"),
                name="facts_fact_value_given",
                violation_error_message=_("Give the value as a number or in words."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0),
                name="facts_fact_value_positive",
                violation_error_message=_("A figure is not below zero."),
            ),
            models.CheckConstraint(
                condition=~Q(superseded_by=F("id")),
                name="facts_fact_not_by_itself",
                violation_error_message=_("A statement is not superseded by itself."),
            ),
            # To the end of the transaction: the new one comes before the old one steps back.
            ExclusionConstraint(
                name="facts_fact_one_current",
                expressions=[("subject", "=")],
                condition=Q(superseded_by__isnull=True),
                deferrable=Deferrable.DEFERRED,
                violation_error_message=_(
                    "This subject has a current statement already: say which of them superseded "
                    "the other."
                ),
            ),
        ]

    def __str__(self):
        return self.wording or str(self.pk)

    def get_absolute_url(self):
        return self.subject.get_absolute_url()

    def clean(self):
        super().clean()
        self.round_day()
        if problem := self._problem_of_chain():
            raise ValidationError({"superseded_by": problem})

    def validate_constraints(self, exclude=None):
        """A successor that was refused already says nothing about what is current."""
        if exclude and "superseded_by" in exclude:
            exclude = {*exclude, "subject"}
        super().validate_constraints(exclude)

    def round_day(self) -> None:
        """The first day of the period that the date stands for."""
        if self.as_of:
            self.as_of = start_of_period(self.as_of, self.as_of_precision)

    def save(self, *args, **kwargs):
        self.round_day()
        with transaction.atomic():
            super().save(*args, **kwargs)
            refresh_derived(self.subject)

    @property
    def is_current(self) -> bool:
        return self.superseded_by_id is None

    def said(self, language: str | None = None) -> tuple[str, str]:
        """The wording for a reader, and the language it is in."""
        return in_language(self, "wording", language)

    def value_text(self, language: str | None = None) -> str:
        """The value alone: "240,000"; in words where it is no number."""
        return number_text(self.value, language) or in_language(self, "text", language)[0]

    def day_text(self, language: str | None = None) -> str:
        """The day it was said of, never more precise than it is known."""
        return partial_text(self.as_of, self.as_of_precision, language)

    def _problem_of_chain(self):
        """Why this statement cannot be superseded by the chosen one; None when it can."""
        following, seen = self.superseded_by, {self.pk}
        while following is not None:
            if following.subject_id != self.subject_id:
                return _("It is a statement about another subject.")
            if self.pk and following.pk in seen:
                return _("They would supersede each other in a circle.")
            seen.add(following.pk)
            following = following.superseded_by
        return None


def number_text(value: Decimal | int | None, language: str | None = None) -> str:
    """A number as readers write it: 240,000; 240 000; 0.5."""
    if value is None:
        return ""
    if value == int(value):
        return grouped(int(value), language)
    text = f"{Decimal(value).normalize():f}"
    return text.replace(".", ",") if reading_order(language)[0] == "ru" else text
