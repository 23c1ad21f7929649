"""Who enters a round, what they enter, and everything an entry is made of."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from awards.models.calls import Category, EntrantKind, Round
from content.editing import Versioned
from content.languages import in_language
from content.models import PrivateFile
from members.models import Country, Member


class EntrantQuerySet(models.QuerySet):
    def editable_by(self, user):
        """The entrants this person acts for: members they represent today."""
        return self.filter(member__in=Member.objects.editable_by(user))


class Entrant(Versioned):
    """Who enters a round: a member through its cabinet, others through a link of their own."""

    round = models.ForeignKey(
        Round,
        on_delete=models.PROTECT,
        related_name="entrants",
        verbose_name=pgettext_lazy("of an award", "round"),
    )
    kind = models.CharField(_("kind"), max_length=11, choices=EntrantKind)
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="award_entrants",
        verbose_name=_("member"),
    )  # fmt: skip
    # Not of members: the name as they typed it, in one language at least.
    name_ru = models.CharField(_("name in Russian"), max_length=300, blank=True)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    # Where they are: a city of our records, or else in words.
    home = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("city"),
    )  # fmt: skip
    home_text = models.CharField(_("city in words"), max_length=200, blank=True)
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("country"),
    )  # fmt: skip
    contact_name = models.CharField(_("contact person"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(
        _("language of letters"), max_length=2, choices=[("ru", "Русский"), ("en", "English")],
        default="ru",
    )  # fmt: skip
    # The hash of the token in the link (`content.secretlinks`); empty for members.
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EntrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("entrant")
        verbose_name_plural = _("entrants")
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "member"], name="awards_entrant_member_once",
                violation_error_message=_("The member enters this round already."),
            ),
            models.UniqueConstraint(
                fields=["round", "email"], condition=~Q(email=""), name="awards_entrant_email_once",
                violation_error_message=_("Somebody enters this round with this address already."),
            ),
            models.UniqueConstraint(
                fields=["token_hash"], condition=~Q(token_hash=""), name="awards_entrant_token_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="member", member__isnull=False, home__isnull=False, email="")
                | (
                    ~Q(kind="member") & Q(member__isnull=True) & ~Q(email="")
                    & (Q(name_ru__gt="") | Q(name_en__gt=""))
                    & (Q(home__isnull=False) | Q(home_text__gt=""))
                ),
                name="awards_entrant_says_who",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name_in("ru")

    def name_in(self, language: str) -> str:
        """Who enters, in a language: a member by its name of today, others as they typed it."""
        if self.member is not None:
            return in_language(self.member, "name", language)[0]
        return (
            (self.name_ru or self.name_en) if language == "ru" else (self.name_en or self.name_ru)
        )


class EntryQuerySet(models.QuerySet):
    def for_user(self, user):
        """Entries of the members this person represents today, in whatever state."""
        return self.filter(entrant__in=Entrant.objects.editable_by(user))

    def with_consent(self):
        """Without authors who are children, or with a guardian's consent for each of them."""
        consents = GuardianConsent.objects.filter(
            author=OuterRef("pk"), purpose=GuardianConsent.Purpose.ENTRY, withdrawn_at__isnull=True
        )
        lacking = Author.objects.filter(~Exists(consents), entry=OuterRef("pk"))
        return self.filter(Q(round__is_for_children=False) | ~Exists(lacking))

    def admitted(self):
        """What the jury may see: sent, not refused, nobody's consent missing (PRV-4)."""
        return self.filter(state=Entry.State.SUBMITTED).with_consent()

    def showable(self):
        """What the public may see once the results are out: with consent to be shown, too."""
        consents = GuardianConsent.objects.filter(
            author=OuterRef("pk"), purpose=GuardianConsent.Purpose.PUBLIC, withdrawn_at__isnull=True
        )
        lacking = Author.objects.filter(~Exists(consents), entry=OuterRef("pk"))
        return self.admitted().filter(Q(round__is_for_children=False) | ~Exists(lacking))


class Entry(Versioned):
    """One work, practice or nomination in a round. It has a number from the moment it is sent."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", pgettext_lazy("entry", "sent")
        WITHDRAWN = "withdrawn", pgettext_lazy("entry", "withdrawn")
        REFUSED = "refused", _("not admitted")

    round = models.ForeignKey(
        Round,
        on_delete=models.PROTECT,
        related_name="entries",
        verbose_name=pgettext_lazy("of an award", "round"),
    )
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.PROTECT, related_name="entries",
        verbose_name=_("category"),
    )  # fmt: skip
    entrant = models.ForeignKey(
        Entrant, on_delete=models.PROTECT, related_name="entries", verbose_name=_("entrant")
    )
    # "0417" on the jury's screens; counted by round.
    number = models.PositiveIntegerField(_("number"), null=True, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    title_ru = models.CharField(_("title in Russian"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    language = models.CharField(
        _("written in"), max_length=2, choices=[("ru", _("Russian")), ("en", _("English"))],
        default="ru",
    )  # fmt: skip
    # Who is nominated, where it is not the entrant; a city of our records, or a name.
    nominee_kind = models.CharField(_("nominated"), max_length=11, choices=EntrantKind, blank=True)
    nominee_member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("nominated city"),
    )  # fmt: skip
    nominee_ru = models.CharField(_("nominated, in Russian"), max_length=300, blank=True)
    nominee_en = models.CharField(_("nominated, in English"), max_length=300, blank=True)
    # Whose work it is: no juror of this city meets it. Of a school it is the city of the school.
    home = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="award_entries",
        verbose_name=_("city"),
    )  # fmt: skip
    home_text = models.CharField(_("city in words"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", editable=False,
    )  # fmt: skip
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)
    submitted_at = models.DateTimeField(_("sent"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    refused_reason = models.CharField(_("why it was not admitted"), max_length=500, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("contest", "entry")
        verbose_name_plural = pgettext_lazy("contest", "entries")
        ordering = ["round", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="awards_entry_number_once"),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(number__isnull=False, submitted_at__isnull=False, number__gte=1)
                | Q(state="withdrawn", withdrawn_at__isnull=False),
                name="awards_entry_sent_has_number",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(title_ru__gt="") | Q(title_en__gt=""),
                name="awards_entry_sent_has_title",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refused_reason=""),
                name="awards_entry_refused_says_why",
                violation_error_message=_("Say why it is not admitted."),
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="awards_entry_withdrawn_when",
            ),
        ]

    def __str__(self):
        return f"{self.code}: {self.title_in('ru')}" if self.number else self.title_in("ru")

    @property
    def code(self) -> str:
        """The number in four digits: what people say to one another."""
        return f"{self.number:04d}" if self.number else ""

    def title_in(self, language: str) -> str:
        """The title in a language, or else in the other one."""
        first, second = (self.title_ru, self.title_en)
        return (first or second) if language == "ru" else (second or first)


class Author(models.Model):
    """Who made a work. Of children this is shown to named roles alone; see `view_author`."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="authors")
    given_name_ru = models.CharField(_("given name in Russian"), max_length=100, blank=True)
    family_name_ru = models.CharField(_("family name in Russian"), max_length=100, blank=True)
    given_name_en = models.CharField(_("given name in English"), max_length=100, blank=True)
    family_name_en = models.CharField(_("family name in English"), max_length=100, blank=True)
    age = models.PositiveSmallIntegerField(_("age"), null=True, blank=True)
    institution_ru = models.CharField(_("school in Russian"), max_length=300, blank=True)
    institution_en = models.CharField(_("school in English"), max_length=300, blank=True)
    teacher_ru = models.CharField(_("teacher in Russian"), max_length=200, blank=True)
    teacher_en = models.CharField(_("teacher in English"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("author of a work")
        verbose_name_plural = _("authors of works")
        ordering = ["entry", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(given_name_ru__gt="") | Q(given_name_en__gt=""),
                name="awards_author_name_given",
                violation_error_message=_("Give the name in Russian or in English."),
            ),
            models.CheckConstraint(
                condition=Q(age__isnull=True) | Q(age__gte=1, age__lte=120),
                name="awards_author_age_from_1_to_120",
                violation_error_message=_("An age is a number of years from 1 to 120."),
            ),
        ]

    def __str__(self):
        return _("author %(number)s") % {"number": self.pk}


class GuardianConsent(models.Model):
    """A guardian allows one thing for one child; a ledger: rows are ended, never changed."""

    class Purpose(models.TextChoices):
        ENTRY = "entry", _("to take part")
        PUBLIC = "public", _("to be shown: first name, age, city and the work")

    author = models.ForeignKey(
        Author, on_delete=models.CASCADE, related_name="consents", verbose_name=_("author")
    )
    purpose = models.CharField(_("for"), max_length=6, choices=Purpose)
    given_on = models.DateField(_("given on"))
    # The sheet as a scan: opened by the roles with `view_guardianconsent` alone.
    scan = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("signed sheet"),
    )  # fmt: skip
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("recorded by"),
    )  # fmt: skip
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("withdrawal recorded by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("consent of a guardian")
        verbose_name_plural = _("consents of guardians")
        ordering = ["author", "purpose", "-recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "purpose"], condition=Q(withdrawn_at__isnull=True),
                name="awards_guardianconsent_one_valid",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.author}: {self.get_purpose_display()}"
