"""Diplomas: what each says, checked by a second person before a run, issued by the register."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from awards.models import Author, Entry, GuardianConsent, Round
from content.editing import Versioned
from laureates.models.laureates import Laureate
from members.models import Member


class DiplomaQuerySet(models.QuerySet):
    def of_member(self, member: Member):
        """What the representatives of a member may fetch: its own, and those of its own entries.

        Children who entered through somebody else are nobody's business in the cabinet.
        """
        return self.filter(
            Q(laureate__member=member, is_personal=False) | Q(entry__entrant__member=member)
        ).deliverable()

    def deliverable(self):
        """Those whose paper may be made and handed over: no guardian took the child out."""
        consents = GuardianConsent.objects.filter(
            author=OuterRef("author"), purpose=GuardianConsent.Purpose.ENTRY,
            withdrawn_at__isnull=True,
        )  # fmt: skip
        return self.filter(Q(author__isnull=True) | Exists(consents))

    def with_words(self):
        """With everything that their words and lists are made of: one query."""
        return self.select_related(
            "round__award",
            "round__event",
            "laureate__event",
            "laureate__award",
            "entry__entrant",
            "city",
        )


class Diploma(Versioned):
    """One diploma: of a laureate, a participant, a teacher or an institution.

    Its words are stored as they are printed, every name in the case the sentence needs; nothing
    is declined at print time. Issued, it is an `IssuedDocument` of the register, whose number
    comes from year and category: 2018-L-001.
    """

    class To(models.TextChoices):
        LAUREATE = "laureate", _("laureate")
        PARTICIPANT = "participant", pgettext_lazy("of a contest", "participant")
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
    # The child or the person, where a work has a diploma for each of its authors.
    author = models.ForeignKey(
        Author, null=True, blank=True, on_delete=models.SET_NULL, related_name="diplomas",
        editable=False, verbose_name=_("author"),
    )  # fmt: skip
    to = models.CharField(_("for"), max_length=11, choices=To, default=To.LAUREATE)
    # What it was made from, so that a second making adds only what is new: "author:17".
    source = models.CharField(max_length=80, blank=True, editable=False)
    # The holder is a private person: who guesses the number learns nothing about them.
    is_personal = models.BooleanField(_("names a private person"), default=False)
    # A guardian withdrew the consent: the check page names nobody any more.
    is_nameless = models.BooleanField(default=False, editable=False)
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
    # «награждается» before a name as it stands, «вручается» before one in the dative.
    lead_ru = models.CharField(_("before the name, in Russian"), max_length=100, blank=True)
    lead_en = models.CharField(_("before the name, in English"), max_length=100, blank=True)
    # «вручается городу Ставрополю»: with the name in the right case.
    holder_ru = models.CharField(_("given to, in Russian"), max_length=300, blank=True)
    holder_en = models.CharField(_("given to, in English"), max_length=300, blank=True)
    wording_ru = models.TextField(_("wording in Russian"), max_length=1000, blank=True)
    wording_en = models.TextField(_("wording in English"), max_length=1000, blank=True)
    # Of the check page: "1st place", "Large cities".
    honour_ru = models.CharField(_("place in Russian"), max_length=300, blank=True)
    honour_en = models.CharField(_("place in English"), max_length=300, blank=True)
    class_ru = models.CharField(_("class or category in Russian"), max_length=300, blank=True)
    class_en = models.CharField(_("class or category in English"), max_length=300, blank=True)
    presented_on = models.DateField(_("date on the diploma"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(_("name erased"), null=True, blank=True, editable=False)

    objects = DiplomaQuerySet.as_manager()

    class Meta:
        verbose_name = _("diploma")
        verbose_name_plural = _("diplomas")
        ordering = ["-year", "series", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "to", "source"], condition=~Q(source=""), nulls_distinct=False,
                name="laureates_diploma_source_once",
            ),
            models.CheckConstraint(
                condition=Q(holder_ru__gt="")
                | Q(holder_en__gt="")
                | Q(erased_at__isnull=False),
                name="laureates_diploma_holder_given",
                violation_error_message=_("Say who the diploma is given to."),
            ),
            models.CheckConstraint(
                condition=Q(series__regex=r"^[A-Z0-9]{1,4}$"), name="laureates_diploma_series_plain"
            ),
        ]  # fmt: skip

    def __str__(self):
        """A private person is not named: this stands in logs and lists."""
        if self.is_personal or self.erased_at:
            return _("diploma %(number)s (%(to)s)") % {
                "number": self.pk, "to": self.get_to_display(),
            }  # fmt: skip
        return self.holder_ru or self.holder_en

    @property
    def place_in_words(self) -> str:
        """The city it belongs to, in words: the folder of the archive."""
        return str(self.city) if self.city else self.city_text


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
