"""The objects of the access table, and one person for every role."""

import datetime
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from accounts.models import Role, User
from accounts.tests.factories import make_invitation, make_representative, make_user, token_of
from content import audit
from content.models import Page, PrivateFile
from content.privatefiles import keep_bytes
from content.tests.factories import make_picture, make_topic
from events import placelinks
from events.tests.factories import make_event, make_participant
from mailing.tests.factories import make_message
from members import moderation
from members.models import MemberImport
from members.tests.factories import make_member, make_size_categories
from members.tests.factories import make_representative as make_mandate
from news.tests.factories import make_article
from tests.access import (
    rows_association,
    rows_awards,
    rows_batches,
    rows_checking,
    rows_closing,
    rows_consultations,
    rows_desk,
    rows_diplomas,
    rows_documents,
    rows_dues,
    rows_editorial,
    rows_entries,
    rows_facts,
    rows_governance,
    rows_guests,
    rows_hosting,
    rows_judging,
    rows_jury,
    rows_laureates,
    rows_letters,
    rows_library,
    rows_lifecycle,
    rows_meetings,
    rows_news,
    rows_newsletter,
    rows_nominations,
    rows_onsite,
    rows_opendata,
    rows_partnerships,
    rows_passport,
    rows_plan,
    rows_practices,
    rows_programme,
    rows_projects,
    rows_questionnaires,
    rows_questionnaires_staff,
    rows_ratings,
    rows_registration,
    rows_reports,
    rows_search,
    rows_standings,
    rows_standings_desk,
    rows_standings_seals,
    rows_translating,
    rows_travel,
)
from tests.access.cells import ROLES, STAFF

# Files of rows that bring their own objects, in the order in which these are made.
SUBJECTS = (
    rows_lifecycle,
    rows_documents,
    rows_desk,
    rows_passport,
    rows_dues,
    rows_governance,
    rows_meetings,
    rows_library,
    rows_partnerships,
    rows_registration,
    rows_travel,
    rows_hosting,
    rows_programme,
    rows_questionnaires,
    rows_questionnaires_staff,
    rows_ratings,
    rows_letters,
    rows_closing,
    rows_guests,
    rows_onsite,
    rows_plan,
    rows_awards,
    rows_entries,
    rows_batches,
    rows_nominations,
    rows_diplomas,
    rows_jury,
    rows_judging,
    rows_laureates,
    rows_checking,
    rows_reports,
    rows_standings,
    rows_standings_desk,
    rows_standings_seals,
    rows_facts,
    rows_search,
    rows_translating,
    rows_editorial,
    rows_practices,
    rows_projects,
    rows_consultations,
    rows_association,
    rows_newsletter,
    rows_opendata,
    rows_news,
)

HOUR = datetime.timedelta(hours=1)
YESTERDAY = datetime.timedelta(days=1)


class World(SimpleNamespace):
    """Names of objects, each given once: rows of two subjects never mean another's object."""

    def __setattr__(self, name: str, value: Any) -> None:
        if hasattr(self, name):
            raise AttributeError(f"two subjects of the access table have a “{name}”")
        super().__setattr__(name, value)


def build() -> World:
    """Everything a row may name, and `people`: role -> user (None for the visitor)."""
    now = timezone.now()
    a, b = make_member(), make_member("bishkek", "Бишкек", "Bishkek")
    world = World(a=a, b=b, people=_people(a, b))
    rep_a, superuser = world.people["rep_a"], world.people["superuser"]
    world.user = make_user("somebody@example.org")
    world.admin = superuser
    world.topic = make_topic()
    world.picture = make_picture()
    world.page = _page("join", "published", now)
    _page("about", "published", now)
    _page("contacts", "published", now)
    world.draft_page = _page("secret-page", "draft", None)
    world.article = make_article("published")
    world.draft = make_article("draft", status="draft", published_at=None)
    world.scheduled = make_article("scheduled", published_at=now + HOUR)
    world.withdrawn = make_article("withdrawn", status="withdrawn")
    world.event = make_event("open")
    world.draft_event = make_event("draft-event", status="draft", published_at=None)
    world.scheduled_event = make_event("scheduled-event", published_at=now + HOUR)
    world.person = make_participant(world.event, member=a, by=rep_a)
    world.delegation = world.person.delegation
    world.place_link = placelinks.token(world.person)
    world.update = moderation.propose(a, rep_a, {"phone": "+7 843 000-00-00"})
    world.country = a.country
    lead = world.people["lead"]
    world.done = _import(lead, status="applied", applied_at=now)
    world.begun = _import(lead, status="refused")
    world.size = make_size_categories()[0]
    world.file = _file(rep_a)
    world.invitation = make_invitation("guest@example.org", role=Role.EDITOR, by=superuser)
    world.token = token_of(world.invitation)
    world.mail = make_message()
    world.secret_mail = make_message(is_secret=True)
    world.entry = audit.record("test.deed", a, superuser, "a deed")
    for subject in SUBJECTS:
        subject.add_objects(world)
    return world


def _people(a, b) -> dict[str, User | None]:
    people = {role: make_user(f"{role}@example.org", roles=[role]) for role in STAFF}
    people["visitor"] = None
    people["rep_a"] = make_representative(a, "rep_a@example.org")
    people["rep_b"] = make_representative(b, "rep_b@example.org")
    people["former"] = make_user("former@example.org")
    ended = timezone.localdate() - YESTERDAY
    make_mandate(people["former"], a, starts_on=ended - YESTERDAY, ends_on=ended)
    people["juror"] = make_user("juror@example.org")
    people["superuser"] = make_user("superuser@example.org", is_staff=True, is_superuser=True)
    assert people.keys() == ROLES.keys()
    return people


def _page(slug: str, status: str, published_at) -> Page:
    return Page.objects.create(
        slug=slug, title_ru="Страница", title_en="Page", status=status, published_at=published_at
    )


def _import(owner: User, **fields) -> MemberImport:
    return MemberImport.objects.create(file_name="members.csv", created_by=owner, **fields)


def _file(owner: User) -> PrivateFile:
    return keep_bytes(b"%PDF-1.7 letter", "letter.pdf", "application/pdf", "mandate", owner)
