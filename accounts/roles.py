"""Staff roles: groups that are defined here, in code, and brought into the database by `sync`."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import sessions
from accounts.deeds import DEEDS, READABLE
from accounts.models import STAFF_ROLES, User
from content import audit


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
