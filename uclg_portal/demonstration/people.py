"""Sign-ins of the demonstration, mandates, and what representatives have sent in."""

import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import User
from content import dated
from members import moderation
from members.models import Member, ProfileUpdate, Representative
from uclg_portal.demonstration import data
from uclg_portal.services.demo import PASSWORD

STAFF = {"secretariat_lead": "lead", "editor": "editor", "ratings": "ratings"}


def load_users() -> dict[str, User]:
    """All sign-ins, by address; every address counts as verified."""
    users = {}
    for row in data.table("people.toml")["people"]:
        user = User.objects.create_user(
            row["email"],
            PASSWORD,
            full_name=row["full_name"],
            language=row["language"],
            time_zone=row["time_zone"],
            is_staff=row["role"] in STAFF,
            is_superuser=row.get("superuser", False),
        )
        if role := STAFF.get(row["role"]):
            user.groups.add(Group.objects.get(name=role))
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        users[user.email] = user
    return users


def load_representatives(users: dict[str, User]) -> None:
    for row in data.table("people.toml")["people"]:
        if row["role"] == "representative":
            Representative.objects.create(
                user=users[row["email"]],
                member=Member.objects.get(slug=row["member"]),
                role=row["member_role"],
                position=row["position_ru"],
                starts_on=datetime.date.fromisoformat(row["starts_on"]),
                ends_on=_last_day(row),
            )


def _last_day(row: dict) -> datetime.date | None:
    """The last day of a mandate that ended, or will end, so many days from the loading."""
    days = row.get("ends_in_days")
    return None if days is None else dated.today() + datetime.timedelta(days=days)


def load_profile_updates(users: dict[str, User]) -> None:
    for row in data.table("profile_updates.toml")["updates"]:
        member = Member.objects.get(slug=row["member"])
        update = moderation.propose(member, users[row["email"]], row["fields"])
        sent = timezone.now() - datetime.timedelta(days=row["submitted_days_ago"])
        ProfileUpdate.objects.filter(pk=update.pk).update(submitted_at=sent)
