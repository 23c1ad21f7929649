"""The dossier of one city for one call: who nominates it, how far it is, how it ended."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.dated import Precision
from content.editing import Versioned
from content.languages import given_in_one_language, in_language
from content.models import PrivateFile
from laureates.models import Laureate
from members.models import Member
from nominations.models.calls import OutsideCall


class DossierQuerySet(models.QuerySet):
    def for_user(self, user):
        """Dossiers of the members this person represents today."""
        return self.filter(member__in=Member.objects.editable_by(user))

    def with_material(self):
        """With all that `nominations.checks` and `nominations.schedule` read: six queries."""
        return self.select_related("call__award", "member", "nominating_member").prefetch_related(
            "call__sections", "call__steps", "texts", "letters"
        )

    def chosen(self):
        """Dossiers that the secretariat goes along with: being written, or sent."""
        return self.filter(state__in=Dossier.CHOSEN)


class Dossier(Versioned):
    """A city is nominated for an honour that others give."""

    class State(models.TextChoices):
        INTEREST = "interest", _("the city is interested")
        DECLINED = "declined", _("not nominated")
        WITHDRAWN = "withdrawn", pgettext_lazy("dossier", "withdrawn")
        WRITING = "writing", _("being prepared")
        SENT = "sent", pgettext_lazy("dossier", "sent")
        ACKNOWLEDGED = "acknowledged", _("receipt confirmed")

    class Nominator(models.TextChoices):
        SECRETARIAT = "secretariat", _("the secretariat of the association")
        MEMBER = "member", _("another member")
        ORGANISATION = "organisation", _("an organisation")
        SELF = "self", _("the city itself")

    class Outcome(models.TextChoices):
        SHORTLISTED = "shortlisted", _("shortlisted")
        WON = "won", _("won")
        NOT_WON = "not_won", _("not won")
        NO_ANSWER = "no_answer", _("no answer known")

    OVER = ("declined", "withdrawn")
    GONE = ("sent", "acknowledged")
    CHOSEN = ("writing", *GONE)

    call = models.ForeignKey(
        OutsideCall,
        on_delete=models.PROTECT,
        related_name="dossiers",
        verbose_name=pgettext_lazy("honour", "call"),
    )
    # The call's own, kept equal by the database: a constraint reads one row.
    third_party_only = models.BooleanField(default=True, editable=False)
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="dossiers", verbose_name=_("city")
    )
    title_ru = models.CharField(_("what the city is nominated for, in Russian"), max_length=300,
                                blank=True)  # fmt: skip
    title_en = models.CharField(_("what the city is nominated for, in English"), max_length=300,
                                blank=True)  # fmt: skip
    reasons = models.TextField(_("why the city"), max_length=3000, blank=True)
    nominator = models.CharField(
        _("nominated by"), max_length=12, choices=Nominator, default=Nominator.SELF
    )
    nominating_member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("which member"),
    )  # fmt: skip
    nominator_ru = models.CharField(_("organisation, in Russian"), max_length=300, blank=True)
    nominator_en = models.CharField(_("organisation, in English"), max_length=300, blank=True)
    # Erased in time, see `nominations.keeping`.
    contact_name = models.CharField(_("who answers questions"), max_length=200, blank=True)
    contact_email = models.EmailField(_("their e-mail"), blank=True)
    contact_phone = models.CharField(_("their phone"), max_length=50, blank=True)

    state = models.CharField(_("state"), max_length=12, choices=State, default=State.INTEREST)
    refusal = models.CharField(_("why it is not nominated"), max_length=1000, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", editable=False, verbose_name=_("interest expressed by"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)

    # The paper as it goes out: of exactly the texts that the digest names.
    final_file = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        editable=False, verbose_name=_("final text"),
    )  # fmt: skip
    final_digest = models.CharField(max_length=64, blank=True, editable=False)
    final_pages = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    approved_digest = models.CharField(max_length=64, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", editable=False, verbose_name=_("approved by"),
    )  # fmt: skip
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True, editable=False)

    sent_on = models.DateField(_("sent on"), null=True, blank=True, editable=False)
    sent_precision = models.CharField(
        _("date known to the"), max_length=5, choices=Precision, default=Precision.DAY,
        editable=False,
    )  # fmt: skip
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", editable=False, verbose_name=_("recorded by"),
    )  # fmt: skip
    proof_file = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        editable=False, verbose_name=_("proof of sending"),
    )  # fmt: skip
    proof_text = models.CharField(_("proof in words"), max_length=500, blank=True, editable=False)
    acknowledged_on = models.DateField(_("receipt confirmed on"), null=True, blank=True,
                                       editable=False)  # fmt: skip
    acknowledgement = models.CharField(_("words of the giver"), max_length=500, blank=True,
                                       editable=False)  # fmt: skip

    outcome = models.CharField(_("result"), max_length=11, choices=Outcome, blank=True,
                               editable=False)  # fmt: skip
    outcome_on = models.DateField(_("result of"), null=True, blank=True, editable=False)
    outcome_source = models.CharField(_("where it is said"), max_length=300, blank=True,
                                      editable=False)  # fmt: skip
    outcome_url = models.URLField(_("page of the result"), max_length=500, blank=True,
                                  editable=False)  # fmt: skip
    laureate = models.OneToOneField(
        Laureate, null=True, blank=True, on_delete=models.PROTECT, related_name="dossier",
        editable=False, verbose_name=_("laureate"),
    )  # fmt: skip

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("nomination dossier")
        verbose_name_plural = _("nomination dossiers")
        ordering = ["-call__year", "call", "created_at", "pk"]
        permissions = [("send_dossier", "Can choose cities, record sending and results")]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "member"],
                condition=~Q(state__in=("declined", "withdrawn")),
                name="nominations_dossier_once",
                violation_error_message=_("This city has a dossier for this call already."),
            ),
            models.CheckConstraint(
                condition=given_in_one_language("title"),
                name="nominations_dossier_title_given",
                violation_error_message=_("Say what the city is nominated for."),
            ),
            models.CheckConstraint(
                condition=Q(nominator="member", nominating_member__isnull=False)
                | (~Q(nominator="member") & Q(nominating_member__isnull=True)),
                name="nominations_dossier_nominating_member",
                violation_error_message=_("Choose the member that nominates."),
            ),
            models.CheckConstraint(
                condition=Q(nominating_member__isnull=True) | ~Q(nominating_member=F("member")),
                name="nominations_dossier_another_member",
                violation_error_message=_("The member that nominates is the city itself."),
            ),
            models.CheckConstraint(
                condition=~Q(nominator="organisation") | given_in_one_language("nominator"),
                name="nominations_dossier_organisation_named",
                violation_error_message=_("Name the organisation that nominates."),
            ),
            models.CheckConstraint(
                condition=Q(third_party_only=False)
                | ~Q(nominator="self")
                | ~Q(state__in=("sent", "acknowledged")),
                name="nominations_dossier_third_party",
                violation_error_message=_("The giver takes nominations by third parties only."),
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(refusal=""),
                name="nominations_dossier_declined_why",
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                condition=Q(final_file__isnull=True, final_digest="", final_pages__isnull=True)
                | Q(final_file__isnull=False, final_digest__gt="", final_pages__isnull=False),
                name="nominations_dossier_final_whole",
            ),
            models.CheckConstraint(
                condition=Q(approved_digest="", approved_at__isnull=True)
                | Q(approved_digest__gt="", approved_at__isnull=False),
                name="nominations_dossier_approved_whole",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=("sent", "acknowledged"), sent_on__isnull=False)
                    & (Q(proof_file__isnull=False) | Q(proof_text__gt=""))
                )
                | (~Q(state__in=("sent", "acknowledged")) & Q(sent_on__isnull=True)),
                name="nominations_dossier_sent_with_proof",
                violation_error_message=_("What is sent has a day and a proof."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state="acknowledged",
                    acknowledged_on__isnull=False,
                    acknowledged_on__gte=F("sent_on"),
                )
                | (~Q(state="acknowledged") & Q(acknowledged_on__isnull=True)),
                name="nominations_dossier_acknowledged_after_sending",
                violation_error_message=_("A receipt comes after the sending."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_on__isnull=True)
                | Q(outcome="no_answer", state__in=("sent", "acknowledged"))
                | (
                    Q(outcome__in=("shortlisted", "won", "not_won"))
                    & Q(state__in=("sent", "acknowledged"), outcome_on__isnull=False)
                    & Q(outcome_on__gte=F("sent_on"))
                ),
                name="nominations_dossier_outcome_of_what_was_sent",
                violation_error_message=_("A result comes after the sending, with its day."),
            ),
            models.CheckConstraint(
                condition=Q(laureate__isnull=True) | Q(outcome="won"),
                name="nominations_dossier_laureate_won",
            ),
        ]

    def __str__(self):
        return f"{self.member}: {self.call}"

    @property
    def is_gone(self) -> bool:
        """Whether it was sent to the giver."""
        return self.state in self.GONE

    @property
    def is_over(self) -> bool:
        """Whether nobody works on it: declined or withdrawn."""
        return self.state in self.OVER

    def nominator_in(self, language: str | None = None) -> str:
        """Who nominates, in words of a language."""
        if self.nominator == self.Nominator.MEMBER:
            return in_language(self.nominating_member, "name", language)[0]
        if self.nominator == self.Nominator.ORGANISATION:
            return in_language(self, "nominator", language)[0]
        return str(self.get_nominator_display())
