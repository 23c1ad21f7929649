"""Staff roles: groups that are defined here, in code, and brought into the database by `sync`."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import sessions
from accounts.models import STAFF_ROLES, Role, User
from content import audit

LOOK = ("view",)
WRITE = ("view", "add", "change")
KEEP = ("view", "add", "change", "delete")
CORRECT = ("view", "change")

READABLE = {
    "content.job": LOOK,
    "content.picture": LOOK,
    "content.topic": LOOK,
    "content.page": LOOK,
    "events.event": LOOK,
    "events.series": LOOK,
    "events.venue": LOOK,
    "governance.body": LOOK,
    "governance.bodyname": LOOK,
    "governance.foundingpaper": LOOK,
    "governance.office": LOOK,
    "governance.officeterm": LOOK,
    "governance.organisation": LOOK,
    "governance.organisationfigure": LOOK,
    "governance.organisationname": LOOK,
    "governance.papersignatory": LOOK,
    "governance.person": LOOK,
    "governance.personspelling": LOOK,
    "governance.seat": LOOK,
    "governance.seatfilling": LOOK,
    "governance.seatterm": LOOK,
    "hosting.criterion": LOOK,
    "hosting.hostcall": LOOK,
    "library.publication": LOOK,
    "members.country": LOOK,
    "members.member": LOOK,
    "news.article": LOOK,
    "partnerships.affiliation": LOOK,
    "partnerships.chartersigning": LOOK,
    "partnerships.cityalias": LOOK,
    "partnerships.listedcity": LOOK,
    "partnerships.outsidecity": LOOK,
    "partnerships.partnership": LOOK,
    "partnerships.signatory": LOOK,
}
GOVERNANCE = {
    "governance.body": WRITE,
    "governance.bodyname": KEEP,
    "governance.delegateproposal": CORRECT,
    "governance.foundingpaper": KEEP,
    "governance.office": WRITE,
    "governance.officeterm": KEEP,
    "governance.organisation": WRITE,
    "governance.organisationfigure": KEEP,
    "governance.organisationname": KEEP,
    "governance.papersignatory": KEEP,
    "governance.person": WRITE,
    "governance.personconsent": WRITE,
    "governance.personspelling": KEEP,
    "governance.seat": WRITE,
    "governance.seatfilling": KEEP,
    "governance.seatterm": WRITE,
}
MEETINGS = {
    "meetings.agendaitem": KEEP,
    "meetings.assemblydelegate": KEEP,
    "meetings.attendance": KEEP,
    "meetings.decision": KEEP,
    "meetings.election": WRITE,
    "meetings.erratum": ("view", "add"),
    "meetings.meeting": WRITE,
    "meetings.meetingdocument": KEEP,
    "meetings.minutes": ("view", "add"),
    "meetings.nomination": WRITE,
    "meetings.protocol": LOOK,
}
# The programme of an event: its draft and what was published of it.
PROGRAMME = {
    "programme.programmeversion": ("view", "add"),
    "programme.session": KEEP,
    "programme.speakerrole": KEEP,
}
PICTURES = {"content.picture": WRITE, "content.picturerendition": LOOK}
# Scales, invoices and payments: for those who keep the accounts.
DUES = {
    "dues.countrygroup": KEEP,
    "dues.countryingroup": KEEP,
    "dues.feerate": KEEP,
    "dues.feescale": KEEP,
    "dues.invoice": ("view", "add", "change"),
    "dues.issuerun": ("view", "add"),
    "dues.payee": WRITE,
    "dues.payment": ("view", "add"),
    "dues.reminder": CORRECT,
}

# The doors of an event and the reports of online platforms.
ONSITE = {
    "attendance.checkin": ("view", "check_in"),
    "attendance.attendancereport": ("view", "add", "change"),
    "attendance.attendee": CORRECT,
    "attendance.doorpass": WRITE,
    "attendance.markedpresent": ("view", "add"),
    "attendance.newsdraft": ("view", "add"),
}
# What is published for good.
LIBRARY = {"library.publication": WRITE, "library.publicationfile": KEEP}
# Papers of events, what speakers are asked for, news drafts made of the registrations.
PAPERS_OF_EVENTS = {
    "programme.documentversion": LOOK,
    "programme.eventdocument": KEEP,
    "programme.materialrequest": WRITE,
}
# The journey of participants: who opens passport data and access needs is named here.
TRAVEL = {
    "travel.accessneeds": LOOK,
    "travel.hotel": KEEP,
    "travel.passport": LOOK,
    "travel.traveloffer": KEEP,
    "travel.trip": LOOK,
    "travel.tripchange": CORRECT,
    "travel.visaletter": ("view", "add", "change"),
}

# Calls for a host city: bids are scored, never rewritten.
HOSTING = {
    "hosting.bid": LOOK,
    "hosting.bidscore": ("view", "add", "change"),
    "hosting.criterion": KEEP,
    "hosting.hostcall": WRITE,
}

# Certificates and other documents with a number.
PAPERS = {"content.issueddocument": WRITE}

# What events belong to, and who makes them.
PLAN = {
    "events.eventparty": KEEP,
    "events.hall": KEEP,
    "events.series": WRITE,
    "events.venue": WRITE,
}

# Who is invited to an event, what participants are asked, guests who register themselves.
ASKING = {
    "events.answer": LOOK,
    "events.guestapplication": LOOK,
    "events.invitation": WRITE,
    "events.invitationstep": CORRECT,
    "events.question": KEEP,
    "events.questionchoice": KEEP,
}

# Role -> model -> what may be done to it. Every role also reads what is in READABLE.
DEEDS: dict[str, dict[str, tuple[str, ...]]] = {
    Role.LEAD: {
        **PROGRAMME,
        **PAPERS_OF_EVENTS,
        **LIBRARY,
        **ASKING,
        **DUES,
        **PAPERS,
        **HOSTING,
        **TRAVEL,
        **GOVERNANCE,
        **MEETINGS,
        **ONSITE,
        **PICTURES,
        "accounts.user": ("view", "add", "change", "invite_staff", "reset_second_factor"),
        "accounts.invitation": WRITE,
        "content.approval": LOOK,
        "content.auditentry": LOOK,
        "content.page": WRITE,
        "content.privatefile": LOOK,
        "content.retentionrun": LOOK,
        "content.topic": KEEP,
        "content.translationstate": LOOK,
        **PLAN,
        "events.changerequest": CORRECT,
        "events.delegation": KEEP,
        "events.event": WRITE,
        "events.participant": KEEP,
        "events.reminderrule": KEEP,
        "mailing.heartbeat": LOOK,
        "mailing.inboxmail": LOOK,
        "mailing.message": ("view", "requeue_message", "cancel_message"),
        "mailing.switch": ("view", "freeze_bulk"),
        "members.applicationfile": LOOK,
        "members.composition": KEEP,
        "members.compositionpart": KEEP,
        "members.country": WRITE,
        "members.countingrule": KEEP,
        "members.confirmation": CORRECT,
        "members.department": KEEP,
        "members.departmentcontact": KEEP,
        "members.handover": CORRECT,
        "members.paperletter": ("view", "add"),
        "members.linkcheck": CORRECT,
        "members.member": WRITE,
        "members.membershipapplication": CORRECT,
        "members.prospect": KEEP,
        "members.statuschange": ("view", "add"),
        "members.memberfigure": KEEP,
        "members.membername": KEEP,
        "members.membershipperiod": KEEP,
        "members.profilechange": CORRECT,
        "members.profileupdate": CORRECT,
        "members.representative": WRITE,
        "members.sizecategory": KEEP,
        "news.article": WRITE,
        "news.photo": KEEP,
        "partnerships.affiliation": KEEP,
        "partnerships.chartersigning": KEEP,
        "partnerships.cityalias": KEEP,
        "partnerships.helprequest": CORRECT,
        "partnerships.helpstep": LOOK,
        "partnerships.listedcity": KEEP,
        "partnerships.matchwish": LOOK,
        "partnerships.outsidecity": WRITE,
        "partnerships.partnership": WRITE,
        "partnerships.signatory": KEEP,
    },
    Role.EDITOR: {
        "programme.eventdocument": LOOK,
        **LIBRARY,
        **GOVERNANCE,
        **MEETINGS,
        **PICTURES,
        "content.approval": LOOK,
        "content.issueddocument": LOOK,
        "content.page": WRITE,
        "content.privatefile": LOOK,
        "content.topic": WRITE,
        "content.translationstate": LOOK,
        "members.applicationfile": LOOK,
        "members.composition": KEEP,
        "members.compositionpart": KEEP,
        "members.countingrule": LOOK,
        "members.confirmation": LOOK,
        "members.department": WRITE,
        "members.departmentcontact": KEEP,
        "members.paperletter": ("view", "add"),
        "members.linkcheck": CORRECT,
        "members.member": CORRECT,
        "members.memberfigure": LOOK,
        "members.membershipapplication": LOOK,
        "members.prospect": LOOK,
        "members.statuschange": LOOK,
        "members.membername": LOOK,
        "members.membershipperiod": LOOK,
        "members.profilechange": CORRECT,
        "members.profileupdate": CORRECT,
        "members.representative": LOOK,
        "news.article": WRITE,
        "news.photo": KEEP,
        "partnerships.affiliation": KEEP,
        "partnerships.chartersigning": KEEP,
        "partnerships.cityalias": KEEP,
        "partnerships.helprequest": CORRECT,
        "partnerships.helpstep": LOOK,
        "partnerships.listedcity": KEEP,
        "partnerships.matchwish": LOOK,
        "partnerships.outsidecity": WRITE,
        "partnerships.partnership": WRITE,
        "partnerships.signatory": KEEP,
    },
    Role.TRANSLATOR: {
        "content.page": CORRECT,
        "content.picture": CORRECT,
        "content.topic": CORRECT,
        "content.translationstate": LOOK,
        "events.event": CORRECT,
        "events.eventparty": LOOK,
        "events.hall": LOOK,
        "events.reminderrule": LOOK,
        "events.series": CORRECT,
        "events.venue": CORRECT,
        "governance.body": CORRECT,
        "governance.organisation": CORRECT,
        "governance.person": CORRECT,
        "hosting.hostcall": CORRECT,
        "library.publication": CORRECT,
        "library.publicationfile": LOOK,
        "meetings.election": CORRECT,
        "meetings.meeting": CORRECT,
        "news.article": CORRECT,
        "news.photo": LOOK,
        "programme.session": CORRECT,
        "programme.speakerrole": CORRECT,
    },
    Role.EVENTS: {
        **PROGRAMME,
        **PAPERS_OF_EVENTS,
        **LIBRARY,
        **ASKING,
        **ONSITE,
        **PICTURES,
        **HOSTING,
        **TRAVEL,
        "content.translationstate": LOOK,
        **PLAN,
        "events.changerequest": CORRECT,
        "events.delegation": KEEP,
        "events.event": WRITE,
        "events.participant": KEEP,
        "events.reminderrule": KEEP,
        "mailing.message": LOOK,
        "meetings.meeting": LOOK,
        "members.representative": LOOK,
    },
    Role.AWARDS: {},
    Role.RATINGS: {},
    Role.FINANCE: {
        **DUES,
        **PAPERS,
        "meetings.assemblydelegate": LOOK,
        "meetings.meeting": LOOK,
        "members.countingrule": KEEP,
        "members.membershipapplication": LOOK,
        "members.membershipperiod": LOOK,
        "members.statuschange": ("view", "add"),
        "members.representative": LOOK,
    },
}


@dataclass
class SyncReport:
    """What `sync` did: `changes` are sentences, `unknown` permissions that no model has."""

    changes: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def permissions_of(role: str) -> list[str]:
    """The permissions of a staff role as "app.codename", sorted."""
    deeds = {**READABLE, **DEEDS[role]}
    return sorted(_codename(model, deed) for model, kinds in deeds.items() for deed in kinds)


def _codename(model: str, deed: str) -> str:
    app, name = model.split(".")
    return f"{app}.{deed}" if "_" in deed else f"{app}.{deed}_{name}"


@transaction.atomic
def sync() -> SyncReport:
    """Bring the groups in line with this module. Run twice, the second run changes nothing."""
    report = SyncReport()
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for role in STAFF_ROLES:
        group, is_new = Group.objects.get_or_create(name=role.value)
        if is_new:
            report.changes.append(f"{role.value}: group added")
        wanted = set(permissions_of(role))
        report.unknown += sorted(wanted - known.keys())
        _give(group, wanted & known.keys(), known, report)
    report.unknown = sorted(set(report.unknown))
    return report


def _give(group: Group, wanted: set[str], known: dict, report: SyncReport) -> None:
    names = {permission.pk: name for name, permission in known.items()}
    present = {names[pk] for pk in group.permissions.values_list("pk", flat=True)}
    if wanted == present:
        return
    group.permissions.set([known[name] for name in wanted])
    report.changes += [f"{group.name}: may {name}" for name in sorted(wanted - present)]
    report.changes += [f"{group.name}: may no longer {name}" for name in sorted(present - wanted)]


def of(user: User) -> list[str]:
    """The codes of a person's staff roles, in the order of the list of roles."""
    names = {group.name for group in user.groups.all()}
    return [role.value for role in STAFF_ROLES if role.value in names]


def refuse_unless_manageable(by: User | None, target: User) -> None:
    """Raise PermissionDenied when `by` may not change the standing of `target`.

    `by` is None where no person acts (commands).
    """
    if by is None or by.is_superuser:
        return
    if target.is_superuser or not by.has_perm("accounts.invite_staff"):
        raise PermissionDenied(_("You may not change this account."))


@transaction.atomic
def assign(user: User, codes: Iterable[str], by: User | None) -> None:
    """Give a person exactly these staff roles; a change ends their sessions.

    Raises PermissionDenied when `by` may not do so, ValueError for a role that is not for staff.
    """
    refuse_unless_manageable(by, user)
    wanted = [role.value for role in STAFF_ROLES if role.value in set(codes)]
    if unknown := set(codes) - set(wanted):
        raise ValueError(f"No staff roles: {', '.join(sorted(unknown))}")
    user = User.objects.select_for_update().get(pk=user.pk)
    before = of(user)
    is_staff = bool(wanted) or user.is_superuser
    if before == wanted and user.is_staff == is_staff:
        return
    user.groups.set([Group.objects.get_or_create(name=code)[0] for code in wanted])
    user.is_staff = is_staff
    user.save(update_fields=["is_staff"])
    sessions.end_all(user)
    audit.record("accounts.roles.changed", user, by, user.email, {"roles": [before, wanted]})


def staff_who_may(permission: str) -> QuerySet[User]:
    """Active staff who have this permission ("app.codename"), by a role or of their own.

    Superusers who may do it only because they may do everything are left out: it is for letters.
    """
    app, codename = permission.split(".")
    found = Permission.objects.filter(content_type__app_label=app, codename=codename)
    given = Q(user_permissions__in=found) | Q(groups__permissions__in=found)
    return User.objects.filter(given, is_active=True, is_staff=True).distinct()
