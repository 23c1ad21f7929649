"""What events belong to: a series, a venue with its halls, those who organise and support."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.languages import given_in_one_language, in_language, one_language_required
from content.models import Picture
from content.records import PublicFact, PublicRecord
from content.timezones import validate_time_zone
from governance.models import Organisation
from members.models import Country, Member


class Series(PublicRecord):
    """Events that repeat under one name: "I–VII Meetings", the yearly retreat."""

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), unique=True, max_length=80)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    # A pair for meetings of the sister cities of two countries; empty for all.
    countries = models.ManyToManyField(
        Country, blank=True, related_name="+", verbose_name=_("countries")
    )

    class Meta:
        verbose_name = _("series of events")
        verbose_name_plural = _("series of events")
        ordering = ["slug"]
        constraints = [one_language_required("title", "events_series_title_given")]

    def __str__(self):
        return in_language(self, "title")[0] or self.slug


class Venue(PublicFact):
    """A house where events take place."""

    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address of the house"), max_length=300, blank=True)
    directions = models.CharField(_("how to get there"), max_length=500, blank=True)
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="venues",
        verbose_name=_("city"), help_text=_("When the city is a member."),
    )  # fmt: skip
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Moscow", validators=[validate_time_zone]
    )
    has_step_free_access = models.BooleanField(_("step-free access"), default=False)

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["pk"]
        constraints = [one_language_required("name", "events_venue_name_given")]

    def __str__(self):
        return in_language(self, "name")[0]


class Hall(PublicFact):
    """A room of a venue in which one thing happens at a time."""

    venue = models.ForeignKey(
        Venue, on_delete=models.CASCADE, related_name="halls", verbose_name=_("venue")
    )
    name = models.CharField(_("name"), max_length=120)
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("hall")
        verbose_name_plural = _("halls")
        ordering = ["venue", "order", "pk"]
        constraints = [one_language_required("name", "events_hall_name_given")]

    def __str__(self):
        return in_language(self, "name")[0]


class EventParty(PublicFact):
    """A member, an organisation or somebody named who organises or supports an event."""

    class Role(models.TextChoices):
        ORGANISER = "organiser", _("organiser")
        CO_ORGANISER = "co_organiser", _("co-organiser")
        PARTNER = "partner", pgettext_lazy("of an event", "partner")
        SUPPORTER = "supporter", _("with support of")

    event = models.ForeignKey(
        "events.Event", on_delete=models.CASCADE, related_name="parties", verbose_name=_("event")
    )
    role = models.CharField(
        pgettext_lazy("of a party", "role"), max_length=12, choices=Role, default=Role.ORGANISER
    )
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("member"),
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("organisation"),
    )  # fmt: skip
    name = models.CharField(
        _("name"), max_length=200, blank=True, help_text=_("Of who is in no register.")
    )
    logo = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("logo"),
    )  # fmt: skip
    link = models.URLField(_("site"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("organiser or partner")
        verbose_name_plural = _("organisers and partners")
        ordering = ["event", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False)
                | Q(organisation__isnull=False)
                | given_in_one_language("name"),
                name="events_eventparty_who",
                violation_error_message=_("Choose a member or an organisation, or give a name."),
            )
        ]

    def __str__(self):
        return self.name_in()

    def name_in(self, language: str | None = None) -> str:
        """The name for a reader of this language: as given here, else of the register."""
        named = (self, self.member, self.organisation)
        found = (in_language(record, "name", language)[0] for record in named if record)
        return next(filter(None, found), "")
