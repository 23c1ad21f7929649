"""Versions: what they hold, what they changed, whom they tell."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from accounts.tests.factories import make_user
from events.tests.factories import make_member, make_participant, make_representative
from mailing.models import Message
from programme import moving, publishing, snapshots
from programme.models import ProgrammeVersion, Session, Star
from programme.tests.factories import (
    HOUR,
    at,
    make_congress,
    make_hall,
    make_role,
    make_session,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_congress()


@pytest.fixture
def staff():
    return make_user("staff@example.org", is_staff=True)


def kinds(version: ProgrammeVersion) -> list[tuple[str, int]]:
    return [(change["kind"], change["session"]) for change in version.changes]


def test_version_is_frozen(event, staff):
    session = make_session(event, make_hall(event))
    make_role(session, role="greeting", on_behalf_of_en="the President", minutes=5)
    version = publishing.publish(event, staff)

    Session.objects.filter(pk=session.pk).update(title_ru="Другое")

    (row,) = ProgrammeVersion.objects.get().snapshot["sessions"]
    (speaker,) = row["speakers"]
    assert (version.number, version.changes, row["title_ru"]) == (1, [], "Открытие")
    assert (speaker["role"], speaker["behalf_en"], speaker["minutes"]) == (
        "greeting", "the President", 5,
    )  # fmt: skip


def test_changes_are_named_by_kind(event, staff):
    first, second = make_hall(event), make_hall(event, 2)
    moved, renamed = make_session(event, first), make_session(event, first, hour=11)
    elsewhere, gone = make_session(event, first, hour=12), make_session(event, first, hour=13)
    spoken = make_session(event, first, hour=14)
    publishing.publish(event, staff)

    moved.starts_at, moved.ends_at = at(1, 9), at(1, 10)
    moved.save()
    renamed.title_en = "Closing"
    renamed.save()
    elsewhere.hall = second
    elsewhere.save()
    gone.is_dropped = True
    gone.save()
    make_role(spoken)
    added = make_session(event, first, hour=15)
    version = publishing.publish(event, staff)

    assert kinds(version) == [
        ("moved", moved.pk), ("renamed", renamed.pk), ("hall", elsewhere.pk),
        ("removed", gone.pk), ("speakers", spoken.pk), ("added", added.pk),
    ]  # fmt: skip


@pytest.mark.parametrize("prepare", ["empty", "same", "outside"])
def test_nothing_new_is_not_published(event, staff, prepare):
    if prepare != "empty":
        make_session(event)
    if prepare == "same":
        publishing.publish(event, staff)
    if prepare == "outside":
        event.starts_at = at(1, 12)
        event.save()

    with pytest.raises(ValidationError) as refused:
        publishing.publish(event, staff)

    assert refused.value.code == prepare


def hours_moved(event, staff) -> tuple[Session, ProgrammeVersion]:
    """A session of version 2, moved by an hour into version 3; a speaker and two stars."""
    session = make_session(event, make_hall(event))
    make_role(session, email="speaker@example.org", mail_language="en", time_zone="Asia/Bishkek")
    publishing.publish(event, staff)
    other = make_session(event, hour=12)
    make_role(other, name_ru="Другой", email="other@example.org")
    publishing.publish(event, staff)
    Message.objects.all().delete()
    city = make_member("magadan", time_zone="Asia/Magadan")
    rep = make_user("rep@example.org", language="en", full_name="Elena")
    make_representative(rep, city)
    Star.objects.create(session=session, user=rep)
    Star.objects.create(
        session=session, participant=make_participant(event, member=city, language="ru")
    )
    stranger = make_participant(event, email="stranger@example.org")
    Star.objects.create(session=other, participant=stranger)
    session.starts_at, session.ends_at = session.starts_at + HOUR, session.ends_at + HOUR
    session.save()
    return session, publishing.publish(event, staff)


def test_prg_2_move_by_an_hour_is_version_3_and_told_to_those_concerned(event, staff):
    session, version = hours_moved(event, staff)

    assert (version.number, kinds(version)) == (3, [("moved", session.pk)])
    letters = {one.email: one for one in Message.objects.all()}
    assert set(letters) == {
        "speaker@example.org", "rep@example.org",
        Star.objects.get(participant__isnull=False, session=session).participant.email,
    }  # fmt: skip
    speaker = letters["speaker@example.org"].text_body
    assert (
        "It was: Thursday 20 May 2027, 13:00–14:00 Bishkek time (UTC+6); by the clock of the "
        "event: Thursday 20 May 2027, 10:00–11:00 Kazan time (UTC+3); Hall 1"
    ) in speaker
    assert "Now: Thursday 20 May 2027, 14:00–15:00 Bishkek time (UTC+6)" in speaker
    assert (
        "Now: Thursday 20 May 2027, 19:00–20:00 Magadan time"
        in letters["rep@example.org"].text_body
    )


def test_prg_2_page_marks_the_session(client, event, staff):
    session, _version = hours_moved(event, staff)

    page = client.get("/en/events/congress/programme/").content.decode()

    article = page.partition(f'id="s{session.pk}"')[2].partition("</article>")[0]
    assert '<span class="status status--warn">changed</span>' in article
    assert page.count('class="status status--warn"') == 1
    assert "1 change in this version" in page
    assert "version 3" in page


def test_person_is_told_once_of_a_version(event, staff):
    session = make_session(event, make_hall(event))
    make_role(session, email="one@example.org")
    make_role(session, email="one@example.org", role="chair", order=2)
    user = make_user("One@example.org")
    Star.objects.create(session=session, user=user)
    publishing.publish(event, staff)
    moving.move(event, [session.pk], 60)
    version = publishing.publish(event, staff)
    publishing.letters.changed(version)

    assert [one.occasion for one in Message.objects.all()] == [f"programme.version:{event.pk}:2"]


def test_removed_session_is_told(event, staff):
    session = make_session(event)
    make_role(session, email="one@example.org", mail_language="en")
    make_session(event, hour=14)
    publishing.publish(event, staff)
    session.is_dropped = True
    session.save()
    publishing.publish(event, staff)

    assert "Taken out of the programme" in Message.objects.get().text_body


@pytest.mark.parametrize("what", ["hidden", "over", "renamed"])
def test_nobody_is_written_to_without_need(event, staff, what):
    session = make_session(event)
    make_role(session, email="one@example.org")
    publishing.publish(event, staff)
    if what == "hidden":
        event.status = "draft"
        event.save()
    if what == "over":
        starts_at = timezone.now() - datetime.timedelta(days=5)
        type(event).objects.filter(pk=event.pk).update(
            starts_at=starts_at, ends_at=starts_at + 40 * HOUR
        )
        Session.objects.update(starts_at=starts_at, ends_at=starts_at + HOUR)
    elif what == "renamed":
        session.title_ru = "Торжественное открытие"
        session.save()
    else:
        moving.move(event, [session.pk], 30)
    publishing.publish(event, staff)

    assert (ProgrammeVersion.objects.count(), Message.objects.count()) == (2, 0)


def test_letters_take_the_same_queries_for_many(event, staff, django_assert_max_num_queries):
    session = make_session(event)
    publishing.publish(event, staff)
    for number in range(30):
        user = make_user(f"user{number}@example.org")
        Star.objects.create(session=session, user=user)
        Star.objects.create(session=session, participant=make_participant(event))
    moving.move(event, [session.pk], 60)

    with django_assert_max_num_queries(30):
        publishing.publish(event, staff)

    assert Message.objects.count() == 60


def test_neighbours_move_together(event):
    hall = make_hall(event)
    keys = [make_session(event, hall, hour=hour).pk for hour in (10, 11, 12)]

    moving.move(event, keys, 60)

    hours = event.sessions.in_order().values_list("starts_at", flat=True)
    assert list(hours) == [at(1, 11), at(1, 12), at(1, 13)]


def test_prg_1_move_is_refused_with_the_name_of_the_other_session(event):
    hall = make_hall(event)
    session = make_session(event, hall)
    make_session(event, hall, hour=12, title_en="Plenary")

    with translation.override("en"), pytest.raises(ValidationError) as refused:
        moving.move(event, [session.pk], 120)

    session.refresh_from_db()
    assert session.starts_at == at(1, 10)
    assert refused.value.messages == [
        "Opening: The hall is taken: “Plenary”, Thursday 20 May 2027, 12:00–13:00 "
        "(Congress of Local Governments)."
    ]


def test_prg_3_one_missing_cell(event):
    session = make_session(event, title_en="")

    (gap,) = snapshots.untranslated(event)

    assert (gap["session"], gap["language"], gap["text"]) == (session, "en", "Открытие")
