"""What an event asks of its participants beyond their names, and what they answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.languages import in_language, one_language_required
from content.models import PrivateFile
from events.models.event import Event
from events.models.registration import Participant


class Question(models.Model):
    """One question of one event, asked in the reader's language."""

    class Kind(models.TextChoices):
        TEXT = "text", _("text")
        CHOICE = "choice", _("one of several")
        FILE = "file", _("file")
        DATE = "date", _("date")
        YES_NO = "yes_no", _("yes or no")

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="questions", verbose_name=_("event")
    )
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.TEXT)
    wording = models.CharField(_("question"), max_length=300)
    hint = models.CharField(_("hint"), max_length=300, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("question to participants")
        verbose_name_plural = _("questions to participants")
        ordering = ["event", "order", "pk"]
        constraints = [one_language_required("wording", "events_question_wording_given")]

    def __str__(self):
        return in_language(self, "wording")[0]


class QuestionChoice(models.Model):
    """One of the answers a question offers."""

    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="choices", verbose_name=_("question")
    )
    wording = models.CharField(_("answer"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("answer to choose")
        verbose_name_plural = _("answers to choose")
        ordering = ["question", "order", "pk"]
        constraints = [one_language_required("wording", "events_questionchoice_wording_given")]

    def __str__(self):
        return in_language(self, "wording")[0]


class Answer(models.Model):
    """What one participant answered to one question: in the one column of its kind."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    # The same as question.kind (a foreign key over both columns holds them equal): what was
    # answered cannot become a question of another kind.
    kind = models.CharField(max_length=6, choices=Question.Kind, editable=False)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="answers")
    text = models.CharField(max_length=2000, blank=True)
    choice = models.ForeignKey(
        QuestionChoice, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    day = models.DateField(null=True, blank=True)
    file = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    yes = models.BooleanField(null=True, blank=True)

    class Meta:
        verbose_name = _("answer of a participant")
        verbose_name_plural = _("answers of participants")
        constraints = [
            models.UniqueConstraint(fields=["question", "participant"], name="events_answer_once"),
            models.CheckConstraint(
                condition=(
                    ~Q(text="")
                    | Q(choice__isnull=False)
                    | Q(day__isnull=False)
                    | Q(file__isnull=False)
                    | Q(yes__isnull=False)
                ),
                name="events_answer_given",
            ),
            models.CheckConstraint(
                condition=Q(kind="text", choice=None, day=None, file=None, yes=None)
                | Q(kind="choice", text="", day=None, file=None, yes=None)
                | Q(kind="date", text="", choice=None, file=None, yes=None)
                | Q(kind="file", text="", choice=None, day=None, yes=None)
                | Q(kind="yes_no", text="", choice=None, day=None, file=None),
                name="events_answer_of_its_kind",
            ),
        ]

    def __str__(self):
        return f"{self.question}: {self.participant}"
