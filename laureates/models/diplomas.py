"""Diplomas: what each says, checked by a second person before a run, issued by the register."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from awards.models import Entry, Round
from content.editing import Versioned
from laureates.models.laureates import Laureate
from members.models import Member


class Diploma(Versioned):
    """One diploma: of a laureate, a participant, a teacher or an institution.

    Its words are stored as they are printed, every name in the case the sentence needs; nothing
    is declined at print time. Issued, it is an `IssuedDocument` of the register, whose number
    comes from year and category: 2018-L-001.
    """

    class To(models.TextChoices):
        LAUREATE = "laureate", _("laureate")
        PARTICIPANT = "participant", _("participant")
        TEACHER = "teacher", _("teacher")
        INSTITUTION = "institution", _("institution")

    round = models.ForeignKey(
        Round, null=True, blank=True, on_delete=models.PROTECT, related_name="diplomas",
        verbose_name=pgettext_lazy("of an award", "round"),
    )  # fmt: skip
    laureate = models.ForeignKey(
        Laureate, null=True, blank=True, on_delete=models.PROTECT, related_name="diplomas",
        verbose_name=_("laureate"),
    )  # fmt: skip
    entry = models.ForeignKey(
        Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="diplomas",
        verbose_name=_("work"),
    )  # fmt: skip
    to = models.CharField(_("for"), max_length=11, choices=To, default=To.LAUREATE)
    # The letters of the category, as they stand in the number.
    series = models.CharField(_("letters in the number"), max_length=4)
    year = models.PositiveSmallIntegerField(_("year"))
    # By which the archive of a run is sorted into folders.
    city = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("city"),
    )  # fmt: skip
    city_text = models.CharField(_("city in words"), max_length=200, blank=True)
    heading_ru = models.CharField(_("heading in Russian"), max_length=200, blank=True)
    heading_en = models.CharField(_("heading in English"), max_length=200, blank=True)
    # «вручается городу Ставрополю»: with the name in the right case.
    holder_ru = models.CharField(_("given to, in Russian"), max_length=300, blank=True)
    holder_en = models.CharField(_("given to, in English"), max_length=300, blank=True)
    wording_ru = models.TextField(_("wording in Russian"), max_length=1000, blank=True)
    wording_en = models.TextField(_("wording in English"), max_length=1000, blank=True)
    presented_on = models.DateField(_("date on the diploma"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("diploma")
        verbose_name_plural = _("diplomas")
        ordering = ["-year", "series", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["laureate", "to"], name="laureates_diploma_laureate_once"
            ),
            models.UniqueConstraint(
                fields=["entry", "to"], condition=Q(laureate__isnull=True),
                name="laureates_diploma_entry_once",
            ),
            models.CheckConstraint(
                condition=Q(holder_ru__gt="") | Q(holder_en__gt=""),
                name="laureates_diploma_holder_given",
                violation_error_message=_("Say who the diploma is given to."),
            ),
            models.CheckConstraint(
                condition=Q(series__regex=r"^[A-Z0-9]{1,4}$"), name="laureates_diploma_series_plain"
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.holder_ru or self.holder_en


class DiplomaRun(Versioned):
    """Diplomas printed together: a second person approves the proof sheet first.

    The approval (`content.approvals`) is of exactly these diplomas with exactly these words.
    """

    round = models.ForeignKey(
        Round,
        on_delete=models.PROTECT,
        related_name="diploma_runs",
        verbose_name=pgettext_lazy("of an award", "round"),
    )
    title = models.CharField(_("title"), max_length=200)
    diplomas = models.ManyToManyField(Diploma, related_name="runs", verbose_name=_("diplomas"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("made by"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("run of diplomas")
        verbose_name_plural = _("runs of diplomas")
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return self.title
