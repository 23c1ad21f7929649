"""Whom to write to at a member, and whether its addresses on the web still open."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.languages import one_language_required
from content.models import Picture
from content.records import PublicFact
from members.models.member import Member


class Department(PublicFact):
    """The office at a member that works with the association: its shared mailbox and its people."""

    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="departments", verbose_name=_("member")
    )
    name = models.CharField(_("department"), max_length=200)
    email = models.EmailField(_("shared mailbox"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["position", "pk"]
        constraints = [one_language_required("name", "members_department_name_given")]

    def __str__(self):
        return self.name or self.email


class DepartmentContact(PublicFact):
    """A person in a department. On the public page only with the person's consent."""

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="contacts")
    full_name = models.CharField(pgettext_lazy("a person", "name"), max_length=150)
    job = models.CharField(_("position"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    is_head = models.BooleanField(_("heads the department"), default=False)
    is_public = models.BooleanField(
        _("shown on the public page"), default=False,
        help_text=_("Only with the consent of the person."),
    )  # fmt: skip
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["order", "pk"]
        constraints = [one_language_required("full_name", "members_departmentcontact_name_given")]

    def __str__(self):
        return self.full_name or self.email


class LinkCheck(models.Model):
    """What the weekly check found behind one address of a member.

    `MOVED` means another host answers: the representative is asked to confirm the new address.
    """

    class Field(models.TextChoices):
        WEBSITE = "website", _("Website")
        INVESTMENT = "investment_url", _("Investment page")
        TOURISM = "tourism_url", _("Tourism page")

    class Result(models.TextChoices):
        OK = "ok", _("opens")
        MOVED = "moved", _("moved to another address")
        BROKEN = "broken", _("does not open")
        REFUSED = "refused", _("leads to a place the portal does not visit")

    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="link_checks", verbose_name=_("member")
    )
    field = models.CharField(_("address"), max_length=14, choices=Field)
    url = models.URLField(_("checked address"))
    result = models.CharField(_("result"), max_length=7, choices=Result)
    target = models.URLField(_("new address"), blank=True, max_length=500)
    detail = models.CharField(_("in detail"), max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    checked_at = models.DateTimeField(_("checked"))
    # When the representative was asked, and what they said of the new address.
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("answered by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("check of a link")
        verbose_name_plural = _("checks of links")
        ordering = ["-checked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "field"], name="members_linkcheck_once")
        ]

    def __str__(self):
        return self.url


class MemberPhoto(PublicFact):
    """One of a member's own photos beside the first one."""

    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="photos", verbose_name=_("member")
    )
    picture = models.ForeignKey(
        Picture, on_delete=models.CASCADE, related_name="+", verbose_name=_("picture")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("photo of a member")
        verbose_name_plural = _("photos of a member")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "picture"], name="members_memberphoto_once",
                violation_error_message=_("This photo is among them already."),
            )
        ]  # fmt: skip

    def __str__(self):
        return str(self.picture)
