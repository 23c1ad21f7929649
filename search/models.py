"""What staff keep about the search: synonyms, chosen answers, searches that found nothing."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content import spelling
from content.editing import Versioned
from content.languages import given_in_one_language
from content.records import PublicFact
from search import wordlists

TITLE_WANTED = _("This address is no record of the portal: give the answer a title.")


class Synonym(Versioned, PublicFact):
    """Words and phrases that mean the same to a reader: whoever types one finds all of them."""

    words = models.TextField(
        _("words that mean the same"), validators=[MaxLengthValidator(1000)],
        help_text=_("One word or phrase on a line, in any case and ending."),
    )  # fmt: skip
    language = models.CharField(
        _("for readers in"), max_length=2, blank=True,
        choices=[("ru", _("Russian")), ("en", _("English"))],
        help_text=_("Empty: for readers in every language."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]

    def __str__(self):
        return " = ".join(wordlists.lines(self.words))

    def clean(self):
        super().clean()
        found = wordlists.checked_lines(self.words)
        if len({spelling.phrase_key(one) for one in found}) < 2:
            raise ValidationError(
                {"words": _("Give two words or more: one on a line, each spelt in another way.")}
            )
        self.words = "\n".join(found)


class ChosenAnswer(Versioned, PublicFact):
    """What staff put on top of the answer to certain words.

    `address` of a record of the portal is kept as the record, whose title and address in the
    reader's language are shown as long as the public may see it; any other has a title of its own.
    """

    words = models.TextField(
        _("queries it answers"), validators=[MaxLengthValidator(1000)],
        help_text=_("One query on a line. It is meant when the reader types all of its words."),
    )  # fmt: skip
    address = models.CharField(
        _("address"), max_length=300,
        help_text=_("Copy it from the browser: a page of the portal or of another site."),
    )  # fmt: skip
    record_type = models.ForeignKey(
        ContentType, null=True, editable=False, on_delete=models.CASCADE, related_name="+"
    )
    record_id = models.BigIntegerField(null=True, editable=False)
    title = models.CharField(
        _("title"), max_length=200, blank=True,
        help_text=_("May stay empty for a record of the portal: its own title is shown."),
    )  # fmt: skip
    text = models.CharField(_("answer in a sentence"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("chosen answer")
        verbose_name_plural = _("chosen answers")
        ordering = ["words"]
        constraints = [
            models.CheckConstraint(
                condition=Q(record_type__isnull=False, record_id__isnull=False)
                | given_in_one_language("title"),
                name="search_chosenanswer_title_given",
                violation_error_message=TITLE_WANTED,
            ),
            models.CheckConstraint(
                condition=Q(address__startswith="/") | Q(address__startswith="https://"),
                name="search_chosenanswer_address_is_safe",
                violation_error_message=_(
                    "Give an address that begins with / or with https://."
                ),
            ),
        ]  # fmt: skip

    def __str__(self):
        return ", ".join(wordlists.lines(self.words))

    def clean(self):
        super().clean()
        self.words = "\n".join(wordlists.checked_lines(self.words))
        self.address = wordlists.own_path((self.address or "").strip())
        entry = wordlists.entry_at(self.address)
        self.record_type = entry.content_type if entry else None
        self.record_id = entry.object_id if entry else None
        if entry is None and not (self.title_ru or self.title_en):
            # The constraint names fields that no form has: it is said here, beside the title.
            raise ValidationError({"title_ru": TITLE_WANTED})


class EmptySearch(models.Model):
    """How often some words found nothing on a day. No person, no address, no time of the day."""

    words = models.CharField(_("searched for"), max_length=80)
    day = models.DateField(pgettext_lazy("of a search", "day"))
    count = models.PositiveIntegerField(_("times"), default=1)
    is_settled = models.BooleanField(_("needs no answer"), default=False)

    class Meta:
        verbose_name = _("search without an answer")
        verbose_name_plural = _("searches without an answer")
        ordering = ["-day", "-count", "words"]
        constraints = [
            models.UniqueConstraint(fields=["words", "day"], name="search_emptysearch_once_a_day")
        ]
        indexes = [models.Index(fields=["day"], name="search_emptysearch_day")]

    def __str__(self):
        return self.words
