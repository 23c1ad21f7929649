"""How to reach the secretariat: its address, its hours, its people."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from association.models.only import OnlyOne, only_slot_one
from content.dated import Dated, DatedQuerySet, starts_before_end
from content.editing import Versioned
from content.languages import one_language_required
from content.records import PublicFact
from governance.models import Person


class ContactCard(OnlyOne, Versioned, PublicFact):
    """The one place for address and telephone; the footer and the page of contacts read it."""

    name = models.CharField(_("name of the association"), max_length=200)
    address = models.CharField(_("postal address"), max_length=300, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    fax = models.CharField(_("fax"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    directions = models.TextField(_("how to find us"), max_length=1000, blank=True)
    note = models.CharField(
        _("note on the hours"), max_length=200, blank=True, help_text=_("Holidays, for example.")
    )
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )

    class Meta:
        verbose_name = _("contact card")
        verbose_name_plural = _("contact card")
        constraints = [
            only_slot_one("association_contactcard_one"),
            one_language_required("name", "association_contactcard_name_given"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="association_contactcard_on_earth",
                violation_error_message=_("Give both coordinates, in degrees, or neither."),
            ),
        ]

    def __str__(self):
        return self.name or str(self._meta.verbose_name)


class OfficeHours(PublicFact):
    """When the secretariat answers on a day of the week, by the association's clock."""

    card = models.ForeignKey(ContactCard, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(
        pgettext_lazy("of the week", "day"), choices=list(WEEKDAYS.items())
    )
    opens_at = models.TimeField(_("from"))
    closes_at = models.TimeField(_("until"))

    class Meta:
        verbose_name = _("office hours")
        verbose_name_plural = _("office hours")
        ordering = ["weekday", "opens_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "weekday", "opens_at"], name="association_officehours_once"
            ),
            models.CheckConstraint(
                condition=Q(weekday__lte=6), name="association_officehours_weekday"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="association_officehours_in_order",
                violation_error_message=_("The office closes after it opens."),
            ),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens_at:%H:%M}–{self.closes_at:%H:%M}"


class StaffMember(Dated, Versioned, PublicFact):
    """Somebody of the secretariat: what they do and in which languages they answer.

    Office contacts alone: no personal telephone or address stands here.
    """

    name = models.CharField(_("name"), max_length=150)
    position = models.CharField(_("position"), max_length=200)
    duties = models.TextField(
        _("duties"), max_length=500, blank=True,
        help_text=_("What to write to them about, in the words of a reader."),
    )  # fmt: skip
    # Codes of ISO 639-1, in the order in which they are named.
    languages = ArrayField(
        models.CharField(max_length=3), default=list, blank=True, verbose_name=_("languages")
    )
    email = models.EmailField(_("office e-mail"), blank=True)
    phone = models.CharField(_("office telephone"), max_length=40, blank=True)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("page of the person"),
    )  # fmt: skip
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff directory")
        ordering = ["order", "pk"]
        constraints = [
            one_language_required("name", "association_staffmember_name_given"),
            one_language_required("position", "association_staffmember_position_given"),
            starts_before_end("association_staffmember_in_order"),
        ]

    def __str__(self):
        return self.name or str(self.pk)
