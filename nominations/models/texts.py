"""What a dossier consists of: a text per heading and language, letters."""

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.editing import Versioned
from content.models import PrivateFile
from nominations.models.calls import LANGUAGES, DossierSection, LetterKind
from nominations.models.dossiers import Dossier

LONGEST = 40_000


class SectionTextQuerySet(models.QuerySet):
    def with_source(self):
        """English rows with `source` and `source_hash` of the Russian text beside them."""
        russian = SectionText.objects.filter(
            dossier=OuterRef("dossier"), section=OuterRef("section"), language="ru"
        )
        return self.filter(language="en").annotate(
            source=Subquery(russian.values("text")[:1]),
            source_hash=Subquery(russian.values("text_hash")[:1]),
        )

    def to_translate(self):
        """English rows of dossiers being prepared that are empty or outdated."""
        return (
            self.with_source()
            .filter(dossier__state=Dossier.State.WRITING, source_hash__gt="")
            .filter(Q(text="") | ~Q(made_from=F("source_hash")))
        )


class SectionText(Versioned):
    """The text under one heading in one language; an English one knows what it was made from."""

    class State(models.TextChoices):
        """Of a translation: derived, never stored."""

        EMPTY = "empty", _("not translated")
        OUTDATED = "outdated", _("outdated: the Russian text was changed since")
        CURRENT = "current", _("translated")

    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="texts", verbose_name=_("dossier")
    )
    section = models.ForeignKey(
        DossierSection, on_delete=models.PROTECT, related_name="texts", verbose_name=_("heading")
    )
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    text = models.TextField(_("text"), max_length=LONGEST, blank=True)
    # Of this text, and of the Russian one that this translation stands for.
    text_hash = models.CharField(max_length=16, blank=True, editable=False)
    made_from = models.CharField(max_length=16, blank=True, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", editable=False, verbose_name=_("saved by"),
    )  # fmt: skip
    saved_at = models.DateTimeField(
        pgettext_lazy("dossier", "saved"), null=True, blank=True, editable=False
    )

    objects = SectionTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a dossier")
        verbose_name_plural = _("texts of dossiers")
        ordering = ["dossier", "section__order", "section", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "section", "language"], name="nominations_sectiontext_once"
            )
        ]

    def __str__(self):
        return f"{self.dossier}: {self.section}"


class Letter(models.Model):
    """A letter that goes with the dossier."""

    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="letters", verbose_name=_("dossier")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=LetterKind)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="en")
    title = models.CharField(_("from whom, about what"), max_length=200)
    file = models.ForeignKey(
        PrivateFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("file")
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", editable=False, verbose_name=_("added by"),
    )  # fmt: skip
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("letter of a dossier")
        verbose_name_plural = _("letters of dossiers")
        ordering = ["dossier", "kind", "pk"]

    def __str__(self):
        return self.title
