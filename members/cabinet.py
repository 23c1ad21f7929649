"""The frame of every page of a member's cabinet, for the pages of other apps too."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from members import mandates
from members.models import Member
from members.profile import returned_changes


class MandateMixin(LoginRequiredMixin):
    """For a view under `cabinet/<slug:member_slug>/`: only representatives of today come in.

    Sets `self.member` and gives the template `member`, `cabinet_menu` and `several_members`.
    `menu_name` is the URL name of the menu entry the page belongs to.
    """

    menu_name = ""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.member = mandates.editable_member(request.user, kwargs["member_slug"])
        if self.member.slug != kwargs["member_slug"] and request.method == "GET":
            kwargs["member_slug"] = self.member.slug
            return redirect(request.resolver_match.view_name, *args, **kwargs)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        others = Member.objects.editable_by(self.request.user).exclude(pk=self.member.pk)
        return super().get_context_data(
            member=self.member,
            cabinet_menu=menu(self.member, self.menu_name),
            several_members=others.exists(),
            **kwargs,
        )


def menu(member: Member, current: str) -> list[dict]:
    """Entries of the side menu of a member's cabinet."""
    returned = len(returned_changes(member))
    entries = [
        ("members:cabinet_member", _("What needs attention"), 0),
        ("members:cabinet_profile", _("City profile"), 0),
        ("members:cabinet_photos", _("Photos"), 0),
        ("members:cabinet_departments", _("Departments"), 0),
        ("members:cabinet_people", _("Representatives"), 0),
        ("members:cabinet_confirmation", _("Yearly confirmation"), 0),
        # Pages of other apps, known by their names.
        ("events:cabinet", _("Delegations"), 0),
        ("events:my_calendar", _("My calendar"), 0),
        ("news:cabinet", _("Stories for the news"), 0),
        ("consultations:cabinet", _("Texts and reports"), 0),
        ("questionnaires:cabinet", _("Rating questionnaires"), 0),
        ("awards:cabinet", _("Awards and contests"), 0),
        ("nominations:cabinet", _("Nominations for honours"), 0),
        ("hosting:cabinet", _("Calls for a host city"), 0),
        ("laureates:cabinet_diplomas", _("Diplomas"), 0),
        ("meetings:cabinet", _("Meetings and elections"), 0),
        ("governance:cabinet_seats", _("Seats in bodies"), 0),
        ("dues:cabinet", _("Membership dues"), 0),
        ("library:cabinet", _("Papers for members"), 0),
        ("practices:cabinet", _("Practices"), 0),
        ("partnerships:cabinet", _("Partnerships"), 0),
        ("partnerships:cabinet_requests", _("Requests"), 0),
        ("newsletter:cabinet", _("Weekly digest"), 0),
    ]
    if returned or current == "members:cabinet_corrections":
        entries.insert(2, ("members:cabinet_corrections", _("Returned fields"), returned))
    return [
        {
            "url": reverse(name, args=[member.slug]),
            "label": label,
            "current": name == current,
            "count": count,
            "hot": bool(count),
        }
        for name, label, count in entries
    ]
