"""Sister cities: two sides, the agreement, and whether the other side has confirmed it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content import dated
from content.dated import Precision
from content.editing import Versioned
from content.languages import one_language_required
from content.models import PrivateFile
from content.records import PublicFact, refresh_derived
from governance.models import Person
from members.models import Member
from partnerships.models.cities import OutsideCity


class PartnershipQuerySet(models.QuerySet):
    def of(self, member: Member):
        """Those with this member on either side."""
        return self.filter(Q(member_a=member) | Q(member_b=member))

    def editable_by(self, user):
        """Those that this person may state or answer about: of the members they represent."""
        own = Member.objects.editable_by(user).values("pk")
        return self.filter(Q(member_a__in=own) | Q(member_b__in=own))

    def for_user(self, user):
        """Those whose agreement this person may fetch: of own members; all for the secretariat."""
        if not user.is_authenticated:
            return self.none()
        if user.has_perm("partnerships.view_partnership"):
            return self
        return self.editable_by(user)

    def with_sides(self):
        return self.select_related(
            "member_a__country", "member_b__country", "city__country", "stated_by"
        )

    def waiting_for(self, member: Member):
        """Those that the other side has stated and this member was asked about."""
        return self.of(member).filter(answer=Partnership.Answer.ASKED).exclude(stated_by=member)

    def not_confirmed(self):
        """Those that the other side says are not so, for the secretariat to clear up."""
        return self.filter(answer=Partnership.Answer.REFUSED)

    def latest_first(self):
        return self.order_by(F("signed_on").desc(nulls_last=True), "-pk")


class Partnership(Versioned, PublicFact):
    """A tie between a member and another member, or a city outside; one record for a pair.

    Of two members the one with the lower key is always `member_a`: `save` turns them round.
    """

    class Kind(models.TextChoices):
        SISTER_CITY = "sister_city", _("sister cities")
        FRIENDSHIP = "friendship", _("friendship")
        COOPERATION = "cooperation", _("cooperation")
        OTHER = "other", _("another tie")

    class Stage(models.TextChoices):
        PREPARATION = "preparation", pgettext_lazy("partnership", "in preparation")
        SIGNED = "signed", pgettext_lazy("partnership", "signed")
        DORMANT = "dormant", pgettext_lazy("partnership", "dormant")
        ENDED = "ended", pgettext_lazy("partnership", "ended")

    class Answer(models.TextChoices):
        """What the side says that did not state it; only the secretariat sees a refusal."""

        NOT_ASKED = "not_asked", _("not asked")
        ASKED = "asked", _("asked, no answer yet")
        CONFIRMED = "confirmed", pgettext_lazy("partnership", "confirmed")
        REFUSED = "refused", pgettext_lazy("partnership", "not confirmed")

    member_a = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="partnerships_a", verbose_name=_("member")
    )
    member_b = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="partnerships_b",
        verbose_name=_("partner, a member"),
    )  # fmt: skip
    city = models.ForeignKey(
        OutsideCity, null=True, blank=True, on_delete=models.PROTECT, related_name="partnerships",
        verbose_name=_("partner, a city outside"),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.SISTER_CITY)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage, default=Stage.SIGNED)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_precision = models.CharField(
        _("known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    is_date_unknown = models.BooleanField(
        _("nobody knows the date"), default=False,
        help_text=_("Only where it was looked for: anniversaries cannot be announced without it."),
    )  # fmt: skip
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_precision = models.CharField(
        _("known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    agreement = models.CharField(_("title of the agreement"), max_length=300, blank=True)
    file = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("agreement"),
    )  # fmt: skip
    source = models.CharField(_("source"), max_length=300, blank=True)
    is_invented = models.BooleanField(_("invented for the demonstration"), default=False)
    stated_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("stated by")
    )
    answer = models.CharField(
        _("what the other side says"), max_length=9, choices=Answer, default=Answer.NOT_ASKED
    )
    asked_at = models.DateTimeField(_("asked on"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("answered by"),
    )  # fmt: skip
    reason = models.TextField(_("why not"), blank=True)
    # What the other side says instead, where it differs.
    other_stage = models.CharField(
        _("stage, says the other side"), max_length=12, choices=Stage, blank=True
    )
    other_signed_on = models.DateField(_("signed on, says the other side"), null=True, blank=True)
    other_precision = models.CharField(
        _("known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        ordering = ["-signed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member_b__isnull=True, city__isnull=False)
                | Q(member_b__isnull=False, city__isnull=True),
                name="partnerships_partnership_one_partner",
                violation_error_message=_(
                    "Name one partner: a member or a city outside, not both."
                ),
            ),
            models.CheckConstraint(
                condition=Q(member_b__isnull=True) | Q(member_a__lt=F("member_b")),
                name="partnerships_partnership_two_sides",
                violation_error_message=_("A city is not its own sister city."),
            ),
            models.UniqueConstraint(
                fields=["member_a", "member_b"], name="partnerships_partnership_once",
                violation_error_message=_("These two have a record already."),
            ),
            models.UniqueConstraint(
                fields=["member_a", "city"], name="partnerships_partnership_once_outside",
                violation_error_message=_("These two have a record already."),
            ),
            models.CheckConstraint(
                condition=~Q(stage="signed") | Q(signed_on__isnull=False) | Q(is_date_unknown=True),
                name="partnerships_partnership_signed_has_date",
                violation_error_message=_("Say when it was signed; the year is enough."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(stage="ended"),
                name="partnerships_partnership_end_means_ended",
                violation_error_message=_("An end is for partnerships that have ended."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(signed_on__isnull=True)
                | Q(ended_on__gte=F("signed_on")),
                name="partnerships_partnership_starts_before_end",
                violation_error_message=_("It cannot end before it was signed."),
            ),
            models.CheckConstraint(
                condition=Q(stated_by=F("member_a"))
                | Q(member_b__isnull=False, stated_by=F("member_b")),
                name="partnerships_partnership_stated_by_a_side",
                violation_error_message=_("It is stated by one of the two sides."),
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["not_asked", "asked"], answered_at__isnull=True)
                | Q(answer__in=["confirmed", "refused"], answered_at__isnull=False),
                name="partnerships_partnership_answer_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(answer="refused")
                | Q(reason__gt="")
                | Q(other_stage__gt="")
                | Q(other_signed_on__isnull=False),
                name="partnerships_partnership_refusal_says_why",
                violation_error_message=_("Say what is not so."),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["stage", "signed_on"], name="partnerships_stage_signed"),
            models.Index(
                fields=["answer"], condition=Q(answer__in=["asked", "refused"]),
                name="partnerships_open_answers",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.member_a} – {self.partner}"

    def clean(self):
        """Turn the sides round where needed; refuse an agreement of the future."""
        super().clean()
        self.put_in_order()
        is_planned = self.stage == self.Stage.PREPARATION
        if self.signed_on and self.signed_on > dated.today() and not is_planned:
            raise ValidationError({"signed_on": _("This day is still to come.")})

    def save(self, *args, **kwargs):
        """Save in order; a city outside is found by the search once it has a partner."""
        self.put_in_order()
        super().save(*args, **kwargs)
        if self.city_id:
            refresh_derived(self.city)

    def delete(self, *args, **kwargs):
        city = self.city
        deleted = super().delete(*args, **kwargs)
        if city is not None:
            refresh_derived(city)
        return deleted

    def get_absolute_url(self):
        return reverse("partnerships:detail", args=[self.pk])

    @property
    def partner(self) -> Member | OutsideCity | None:
        """The second side."""
        return self.member_b or self.city

    @property
    def sides(self) -> list[Member]:
        """The sides that are records of ours."""
        return [side for side in (self.member_a, self.member_b) if side is not None]

    @property
    def is_confirmed(self) -> bool:
        return self.answer == self.Answer.CONFIRMED

    def other(self, member: Member) -> Member | OutsideCity:
        """The side across from this member."""
        return self.partner if member.pk == self.member_a_id else self.member_a

    def put_in_order(self) -> None:
        """The lower key first, and the days at the edges of the periods they stand for."""
        if self.member_a_id and self.member_b_id and self.member_b_id < self.member_a_id:
            self.member_a, self.member_b = self.member_b, self.member_a
        if self.signed_on:
            self.signed_on = dated.start_of_period(self.signed_on, self.signed_precision)
        if self.other_signed_on:
            self.other_signed_on = dated.start_of_period(self.other_signed_on, self.other_precision)
        if self.ended_on:
            self.ended_on = dated.last_day(self.ended_on, self.ended_precision)


class Signatory(PublicFact):
    """Who signed an agreement, for which side."""

    class Side(models.TextChoices):
        A = "a", _("for the first side")
        B = "b", _("for the partner")

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="signatories",
        verbose_name=_("partnership"),
    )  # fmt: skip
    side = models.CharField(_("side"), max_length=1, choices=Side, default=Side.A)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="signed_partnerships",
        verbose_name=_("person"),
    )  # fmt: skip
    name = models.CharField(pgettext_lazy("a person", "name"), max_length=200)
    office = models.CharField(_("office"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["side", "pk"]
        constraints = [one_language_required("name", "partnerships_signatory_name_given")]

    def __str__(self):
        return self.name
