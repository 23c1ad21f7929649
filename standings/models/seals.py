"""Sealed results: an immutable snapshot, the places in it, and dated corrections."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Max, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content import search
from content.editing import Versioned
from content.languages import given_in_one_language, in_language
from content.records import PublicFact
from members.models import Country, Member
from questionnaires.models import Response
from ratings.models import Edition, Indicator


class SealQuerySet(models.QuerySet):
    def out(self, at: datetime.datetime | None = None):
        """Seals the public may see: their embargo is over, their edition is public."""
        at = at or timezone.now()
        return self.filter(published_at__lte=at, edition__in=Edition.objects.visible(at))

    def current(self, at: datetime.datetime | None = None):
        """The last of each edition among those that are out."""
        at = at or timezone.now()
        last = (
            Seal.objects.filter(edition=OuterRef("edition"), published_at__lte=at)
            .order_by().values("edition").annotate(last=Max("revision")).values("last")
        )  # fmt: skip
        return self.out(at).filter(revision=Subquery(last))


class Seal(PublicFact):
    """The results of an edition, sealed by two people; a correction is the next revision.

    `canonical` is the exact text that was hashed: answers, method, code version, results, as
    canonical JSON (sorted keys, no spaces, UTF-8). A trigger refuses every change of it.
    """

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="seals",
        verbose_name=pgettext_lazy("of a rating", "edition"),
    )  # fmt: skip
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    canonical = models.TextField(editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    code_version = models.CharField(_("version of the program"), max_length=80, editable=False)
    # Why there is another revision: the public reads it.
    reason = models.CharField(_("what was corrected and why"), max_length=2000, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False,
        verbose_name=_("asked for by"),
    )  # fmt: skip
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False,
        verbose_name=_("sealed by"),
    )  # fmt: skip
    sealed_at = models.DateTimeField(_("sealed"), default=timezone.now, editable=False)
    # Embargo: nothing is public before. May be moved while it has not come.
    published_at = models.DateTimeField(_("public from"))

    objects = SealQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a rating", "sealed results")
        verbose_name_plural = pgettext_lazy("of a rating", "sealed results")
        ordering = ["-sealed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "revision"], name="standings_seal_revision_once"
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("sealed_by")), name="standings_seal_two_people",
                violation_error_message=_("Whoever asked for the seal does not seal."),
            ),
            models.CheckConstraint(
                condition=Q(revision=1) | Q(revision__gt=1) & given_in_one_language("reason"),
                name="standings_seal_correction_says_why",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="standings_seal_hash_plain"
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.edition} · {self.revision}"

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        search.keep(self)

    def is_out(self, at: datetime.datetime | None = None) -> bool:
        """Whether the embargo is over."""
        return self.published_at <= (at or timezone.now())


class StandingQuerySet(models.QuerySet):
    def public(self, at: datetime.datetime | None = None):
        """What the public may see: of current seals, and known places of past editions."""
        at = at or timezone.now()
        return self.filter(
            Q(seal__in=Seal.objects.current(at))
            | Q(seal__isnull=True, edition__kind="known", edition__in=Edition.objects.visible(at))
        )

    def in_order(self):
        """The first place first; equal places by name, cities without a place last."""
        return self.order_by(F("rank").asc(nulls_last=True), "sort_key_ru", "pk")


class Standing(models.Model):
    """The place of one city in one sealed revision, or a place of a past edition with its source.

    Written with the seal and never after; of past editions (`seal` empty) by staff.
    """

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="standings",
        verbose_name=pgettext_lazy("of a rating", "edition"),
    )  # fmt: skip
    seal = models.ForeignKey(
        Seal, null=True, blank=True, on_delete=models.PROTECT, related_name="standings",
        editable=False, verbose_name=pgettext_lazy("of a rating", "sealed results"),
    )  # fmt: skip
    response = models.ForeignKey(
        Response, null=True, blank=True, on_delete=models.PROTECT, related_name="standings",
        editable=False, verbose_name=_("questionnaire"),
    )  # fmt: skip
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="standings",
        verbose_name=_("city"),
    )  # fmt: skip
    # The name as of the sealing: results do not change when a city is renamed.
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    sort_key_ru = models.CharField(max_length=300, blank=True, editable=False)
    sort_key_en = models.CharField(max_length=300, blank=True, editable=False)
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("country"),
    )  # fmt: skip
    class_code = models.CharField(_("code of the size class"), max_length=12, blank=True)
    class_title_ru = models.CharField(_("size class in Russian"), max_length=120, blank=True)
    class_title_en = models.CharField(_("size class in English"), max_length=120, blank=True)
    is_guest = models.BooleanField(_("guest"), default=False)
    score = models.FloatField(_("score"), null=True, blank=True)
    rank = models.PositiveIntegerField(_("place"), null=True, blank=True)
    rank_in_class = models.PositiveIntegerField(_("place in the class"), null=True, blank=True)
    rank_among_members = models.PositiveIntegerField(
        _("place among members"), null=True, blank=True
    )
    rank_among_members_in_class = models.PositiveIntegerField(
        _("place among members in the class"), null=True, blank=True
    )
    # Of the perturbed runs: the 5th and the 95th percentile of the place, and shares.
    rank_low = models.FloatField(_("likely places from"), null=True, blank=True)
    rank_high = models.FloatField(_("likely places to"), null=True, blank=True)
    rank_mean = models.FloatField(_("mean place"), null=True, blank=True)
    rank_median = models.FloatField(_("median place"), null=True, blank=True)
    same_rank_share = models.FloatField(_("share of runs with this place"), null=True, blank=True)
    # {code of a direction: {"score": 51.2, "rank": 3}}: these are public.
    groups = models.JSONField(_("directions"), default=dict, blank=True)
    # Of past editions: what is known beside or instead of a place.
    note_ru = models.CharField(_("note in Russian"), max_length=300, blank=True)
    note_en = models.CharField(_("note in English"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("page of the source"), blank=True, max_length=500)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a rating", "standing")
        verbose_name_plural = pgettext_lazy("of a rating", "standings")
        ordering = ["edition", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seal", "response"], name="standings_standing_once_in_a_seal"
            ),
            models.UniqueConstraint(
                fields=["edition", "member"],
                condition=Q(seal__isnull=True),
                name="standings_standing_known_once",
                violation_error_message=_("The city has a place in this edition already."),
            ),
            models.CheckConstraint(
                condition=Q(name_ru__gt="") | Q(name_en__gt=""),
                name="standings_standing_name_given",
                violation_error_message=_("Give the name of the city."),
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=-1e15, score__lte=1e15),
                name="standings_standing_score_finite",
            ),
            models.CheckConstraint(
                condition=Q(seal__isnull=False, response__isnull=False)
                | Q(seal__isnull=True, response__isnull=True, score__isnull=True),
                name="standings_standing_sealed_or_known",
            ),
        ]
        indexes = [models.Index(fields=["member", "edition"], name="standings_of_member")]

    def __str__(self):
        return f"{self.rank or '—'} {self.name_ru or self.name_en}"

    def name_in(self, language: str) -> str:
        """The city as it was called when the results were sealed."""
        first, second = (self.name_ru, self.name_en)
        return (first or second) if language == "ru" else (second or first)


class Points(models.Model):
    """Every point of one city, explained: for the city itself and the secretariat alone (RAT-7)."""

    standing = models.OneToOneField(
        Standing, on_delete=models.PROTECT, related_name="points", verbose_name=_("standing")
    )
    # Per indicator: value, normalised, contribution, median and best of the class, steps up.
    detail = models.JSONField(_("detail"), default=dict)

    class Meta:
        verbose_name = _("points of a city")
        verbose_name_plural = _("points of cities")

    def __str__(self):
        return str(self.standing)


class Erratum(Versioned):
    """A correction of sealed results while it is prepared; sealed, it becomes a revision."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("erratum", "being prepared")
        SEALED = "sealed", pgettext_lazy("erratum", "published")
        DROPPED = "dropped", pgettext_lazy("erratum", "dropped")

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="errata",
        verbose_name=pgettext_lazy("of a rating", "edition"),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.DRAFT)
    reason_ru = models.TextField(_("what was wrong, in Russian"), max_length=2000, blank=True)
    reason_en = models.TextField(_("what was wrong, in English"), max_length=2000, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False,
        verbose_name=_("made by"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    seal = models.OneToOneField(
        Seal, null=True, blank=True, on_delete=models.PROTECT, related_name="erratum",
        editable=False, verbose_name=pgettext_lazy("of a rating", "sealed results"),
    )  # fmt: skip

    class Meta:
        verbose_name = pgettext_lazy("of a rating", "erratum")
        verbose_name_plural = pgettext_lazy("of a rating", "errata")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition"], condition=Q(state="draft"),
                name="standings_erratum_one_draft",
                violation_error_message=_("Another correction of this edition is being prepared."),
            ),
            models.CheckConstraint(
                condition=Q(state="sealed", seal__isnull=False)
                | (~Q(state="sealed") & Q(seal__isnull=True)),
                name="standings_erratum_sealed_has_seal",
            ),
            models.CheckConstraint(
                condition=~Q(state="sealed") | Q(reason_ru__gt="", reason_en__gt=""),
                name="standings_erratum_says_why",
                violation_error_message=_("Say what was wrong in Russian and in English."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return in_language(self, "reason")[0][:80] or str(self.edition)


class ErratumChange(models.Model):
    """One answer that counted wrongly, and what counts instead (empty: not answered)."""

    erratum = models.ForeignKey(
        Erratum, on_delete=models.CASCADE, related_name="changes",
        verbose_name=pgettext_lazy("of a rating", "erratum"),
    )  # fmt: skip
    response = models.ForeignKey(
        Response, on_delete=models.PROTECT, related_name="+", verbose_name=_("questionnaire")
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="+", verbose_name=_("indicator")
    )
    before = models.DecimalField(
        _("before"), max_digits=20, decimal_places=4, null=True, blank=True, editable=False
    )
    after = models.DecimalField(_("after"), max_digits=20, decimal_places=4, null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        verbose_name = _("corrected answer")
        verbose_name_plural = _("corrected answers")
        ordering = ["erratum", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["erratum", "response", "indicator"],
                name="standings_erratumchange_answer_once",
                violation_error_message=_("This answer is in the list already."),
            )
        ]

    def __str__(self):
        return f"{self.response}: {self.indicator.code}"
