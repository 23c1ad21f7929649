"""The desk of the members: departments, the yearly question, letters, a hand-over."""

import datetime
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from accounts.models import User
from content import dated
from content.typesetting import FONTS
from members import confirmation, departments, handover, ladder, paper
from members.models import Confirmation, LadderStep, Member, Representative
from uclg_portal.demonstration import data

SHEET = (1240, 1754)
ASKED_DAYS_AGO = 60


def load(users: dict[str, User]) -> None:
    """`users` by address; what nobody in the file did, the secretariat's lead did."""
    rows = data.table("desk.toml")
    members = {member.slug: member for member in Member.objects.all()}
    lead = users["admin@example.org"]
    for row in rows["departments"]:
        _department(members[row["member"]], row, lead)
    _questions(rows["questions"], members, users, lead)
    for row in rows["letters"]:
        day = dated.today() - datetime.timedelta(days=row["dated_days_ago"])
        scan = _scan("Письмо города", f"№ {row['number']}", f"{day:%d.%m.%Y}")
        paper.enter(
            members[row["member"]], row["fields"], lead, dated_on=day, number=row["number"],
            scan=scan,
        )  # fmt: skip
    for row in rows["handovers"]:
        mandate = Representative.objects.get(
            member=members[row["member"]], user=users[row["email"]]
        )
        handover.ask(
            mandate, email=row["successor_email"], full_name=row["successor"],
            position=row["position"], language=row["language"],
            letter=_scan("Письмо о новом представителе", row["successor"]),
        )  # fmt: skip


def _department(member: Member, row: dict, by: User) -> None:
    names = departments.CONTACT_FIELDS
    values = {name: row.get(name, "") for name in departments.DEPARTMENT_FIELDS}
    people = [
        {name: contact.get(name, False if name.startswith("is_") else "") for name in names}
        for contact in row["contacts"]
    ]
    departments.save(member, None, values, people, by)


def _questions(rows: list[dict], members: dict[str, Member], users: dict, lead: User) -> None:
    """The named cities are as far as the file says; all others answered some time ago."""
    today = dated.today()
    year = confirmation.round_year(today)
    named = {row["member"] for row in rows}
    others = Member.objects.members().exclude(slug__in=named).order_by("pk")
    Confirmation.objects.bulk_create(
        _question(member, year, ASKED_DAYS_AGO, 10 + number % 45, lead)
        for number, member in enumerate(others)
    )
    for row in rows:
        answered = row.get("answered_days_ago")
        question = _question(
            members[row["member"]], year, row["asked_days_ago"], answered,
            users[row["answered_by"]] if answered else None,
        )  # fmt: skip
        question.save()
        _climb(question)


def _question(member, year: int, asked: int, answered: int | None, by) -> Confirmation:
    opened_on = dated.today() - datetime.timedelta(days=asked)
    return Confirmation(
        member=member,
        year=year,
        opened_on=opened_on,
        deadline=opened_on + confirmation.ANSWER_WITHIN,
        answered_at=timezone.now() - datetime.timedelta(days=answered) if answered else None,
        answered_by=by if answered else None,
    )


def _climb(question: Confirmation) -> None:
    """Take the rungs on the days on which they were due; each bears its day."""
    for days in ladder.DAYS.values():
        day = question.opened_on + datetime.timedelta(days=days)
        if day > dated.today():
            return
        known = set(question.steps.values_list("pk", flat=True))
        ladder.climb_one(question.pk, day)
        taken = timezone.now() - (dated.today() - day)
        LadderStep.objects.filter(confirmation=question).exclude(pk__in=known).update(
            taken_at=taken
        )


def _scan(*lines: str) -> SimpleUploadedFile:
    """A sheet of paper as a scanner sees it; it says that it is made up."""
    sheet = Image.new("RGB", SHEET, "#fbfaf6")
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(str(FONTS / "Onest-Regular.ttf"), 40)
    for number, line in enumerate([*lines, "", "Придумано для демонстрации."]):
        pen.text((140, 220 + 70 * number), line, fill="#1a2b30", font=font)
    scanned = io.BytesIO()
    sheet.save(scanned, "JPEG", quality=80)
    return SimpleUploadedFile("letter.jpg", scanned.getvalue(), "image/jpeg")
