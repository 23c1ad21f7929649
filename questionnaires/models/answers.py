"""Answers: what a city said, with what proof, and what the check made of it."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.editing import Versioned
from content.models import PrivateFile
from questionnaires.models.responses import Response
from ratings.models import Indicator, ScaleStep

FARTHEST = Decimal(10) ** 15


def _possible(field: str) -> Q:
    """Not given, or a finite number (NaN and infinities sort above every bound)."""
    return Q(**{f"{field}__isnull": True}) | Q(
        **{f"{field}__gte": -FARTHEST, f"{field}__lte": FARTHEST}
    )


class Answer(Versioned):
    """One answer of one city. Empty means not answered; `is_unknown` that the city has no figure.

    `version` guards it: several people fill one questionnaire.
    """

    class Check(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("answer", "waits for the check")
        ACCEPTED = "accepted", pgettext_lazy("answer", "accepted")
        CORRECTED = "corrected", pgettext_lazy("answer", "corrected")
        ASKED = "asked", pgettext_lazy("answer", "asked back")

    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, related_name="answers", verbose_name=_("questionnaire")
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="answers", verbose_name=_("indicator")
    )
    # Counts, numbers, per cent; yes is 1 and no 0; of scales the points of the step.
    number = models.DecimalField(
        pgettext_lazy("kind of an indicator", "number"), max_digits=20, decimal_places=4,
        null=True, blank=True,
    )  # fmt: skip
    step = models.ForeignKey(
        ScaleStep, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("answer of the scale"),
    )  # fmt: skip
    text = models.TextField(_("text"), max_length=5000, blank=True)
    is_unknown = models.BooleanField(_("the city has no such figure"), default=False)
    comment = models.TextField(_("comment of the city"), max_length=2000, blank=True)
    # What of the portal's own records the city took over: {"source", "value", "items": [...]}.
    offered = models.JSONField(_("taken over from the portal"), default=dict, blank=True)
    check_state = models.CharField(
        pgettext_lazy("of an answer", "check"), max_length=9, choices=Check, default=Check.WAITING
    )
    # What counts instead; `corrected_to_nothing` where the answer does not count at all.
    corrected_number = models.DecimalField(
        _("corrected to"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    corrected_to_nothing = models.BooleanField(_("counts as not answered"), default=False)
    check_reason = models.CharField(_("reason of the correction"), max_length=500, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("checked by"),
    )  # fmt: skip
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("saved by"),
    )  # fmt: skip
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    class Meta:
        verbose_name = pgettext_lazy("of a questionnaire", "answer")
        verbose_name_plural = pgettext_lazy("of a questionnaire", "answers")
        ordering = ["response", "indicator"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "indicator"], name="questionnaires_answer_once"
            ),
            models.CheckConstraint(
                condition=_possible("number"), name="questionnaires_answer_number_possible"
            ),
            models.CheckConstraint(
                condition=_possible("corrected_number"),
                name="questionnaires_answer_corrected_possible",
            ),
            models.CheckConstraint(
                condition=Q(is_unknown=False) | Q(number__isnull=True, step__isnull=True, text=""),
                name="questionnaires_answer_unknown_is_empty",
            ),
            models.CheckConstraint(
                condition=(
                    Q(check_state="corrected", check_reason__gt="")
                    & (
                        Q(corrected_number__isnull=False, corrected_to_nothing=False)
                        | Q(corrected_number__isnull=True, corrected_to_nothing=True)
                    )
                )
                | (
                    ~Q(check_state="corrected")
                    & Q(corrected_number__isnull=True, corrected_to_nothing=False)
                ),
                name="questionnaires_answer_corrected_says_why",
                violation_error_message=_("A correction has a value and a reason."),
            ),
            models.CheckConstraint(
                condition=Q(check_state="waiting")
                | Q(checked_by__isnull=False, checked_at__isnull=False),
                name="questionnaires_answer_checked_by",
            ),
        ]

    def __str__(self):
        return f"{self.response}: {self.indicator.code}"

    @property
    def counted_number(self) -> Decimal | None:
        """What the score is made of: the corrected number, or the city's; None: not answered."""
        if self.check_state == self.Check.CORRECTED:
            return self.corrected_number
        return self.number


class Evidence(models.Model):
    """A proof of an answer: a private file or a link."""

    answer = models.ForeignKey(
        Answer, on_delete=models.CASCADE, related_name="evidence",
        verbose_name=pgettext_lazy("of a questionnaire", "answer"),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=200, blank=True)
    file = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("file"),
    )  # fmt: skip
    link = models.URLField(_("link"), max_length=500, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("added by"),
    )  # fmt: skip
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("proof of an answer")
        verbose_name_plural = _("proofs of answers")
        ordering = ["answer", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, link="") | Q(file__isnull=True, link__gt=""),
                name="questionnaires_evidence_file_or_link",
                violation_error_message=_("Give a file or a link."),
            )
        ]

    def __str__(self):
        return self.title or self.link


class AnswerNote(models.Model):
    """A question of the check about an answer, or the city's reply to it."""

    answer = models.ForeignKey(
        Answer, on_delete=models.CASCADE, related_name="notes",
        verbose_name=pgettext_lazy("of a questionnaire", "answer"),
    )  # fmt: skip
    is_of_city = models.BooleanField(_("of the city"), default=False)
    text = models.TextField(_("text"), max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=pgettext_lazy("note", "by"),
    )  # fmt: skip
    at = models.DateTimeField(_("when"), auto_now_add=True)
    # Of a question: the last day, by the edition's clock, on which the city replies to it.
    answer_until = models.DateField(_("answer until"), null=True, blank=True)

    class Meta:
        verbose_name = _("question about an answer")
        verbose_name_plural = _("questions about answers")
        ordering = ["answer", "at", "pk"]

    def __str__(self):
        return self.text[:80]


class AnswerChange(models.Model):
    """What happened to an answer and when: append-only, a trigger refuses anything else."""

    class Deed(models.TextChoices):
        TYPED = "typed", pgettext_lazy("answer", "typed by the city")
        OFFERED = "offered", pgettext_lazy("answer", "taken over from the portal")
        LETTER = "letter", pgettext_lazy("answer", "typed by the secretariat from a letter")
        ACCEPTED = "accepted", pgettext_lazy("answer", "accepted")
        CORRECTED = "corrected", pgettext_lazy("answer", "corrected")
        ASKED = "asked", pgettext_lazy("answer", "asked back")
        REPLIED = "replied", pgettext_lazy("answer", "city replied")
        REOPENED = "reopened", pgettext_lazy("answer", "decision taken back")

    answer = models.ForeignKey(
        Answer, on_delete=models.CASCADE, related_name="changes",
        verbose_name=pgettext_lazy("of a questionnaire", "answer"),
    )  # fmt: skip
    deed = models.CharField(_("what"), max_length=9, choices=Deed)
    # In words, as people read them: "12", "yes", "no figure".
    before = models.CharField(_("before"), max_length=500, blank=True)
    after = models.CharField(_("after"), max_length=500, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=pgettext_lazy("note", "by"),
    )  # fmt: skip
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("change of an answer")
        verbose_name_plural = _("changes of answers")
        ordering = ["answer", "at", "pk"]

    def __str__(self):
        return f"{self.get_deed_display()}: {self.after}"
