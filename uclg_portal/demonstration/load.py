"""Loads the demonstration association into an empty database, all of it or nothing."""

from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.db import transaction

from uclg_portal.demonstration import (
    advice,
    association,
    attendance,
    awards,
    batches,
    consultations,
    data,
    desk,
    diplomas,
    documents,
    documents_of_events,
    dues,
    editorial,
    entries,
    events,
    facts,
    governance,
    hosting,
    invitations,
    judging,
    laureates,
    library,
    lifecycle,
    members,
    news,
    newsletter,
    newsroom,
    nominations,
    opendata,
    partnerships,
    passports,
    people,
    practices,
    programme,
    projects,
    questionnaires,
    ratings,
    registrations,
    search,
    site,
    standings,
    studio,
    translating,
    travel,
)
from uclg_portal.demonstration import meetings as meeting_records

SIGN_IN = "admin@example.org"


class OtherUsers(Exception):
    """The database has users that are not of the demonstration."""


def is_loaded() -> bool:
    return get_user_model().objects.filter(email=SIGN_IN).exists()


def load(say: Callable[[str], None] = lambda _line: None, *, with_pictures: bool = True) -> bool:
    """Load the demonstration; says False when it is there already.

    `say` is told what is going on; drawing the pictures takes most of the time and may be left
    out. Raises OtherUsers when the database has users of its own.
    """
    if is_loaded():
        return False
    if get_user_model().objects.exists():
        raise OtherUsers(
            "This database has users of its own: the demonstration is not loaded into it."
        )
    articles, meetings = data.tables("news"), data.tables("events")
    wanted = [
        *news.wanted(articles),
        *events.wanted(meetings),
        *members.wanted(),
        *passports.wanted(),
    ]
    drawn = studio.draw_all(wanted if with_pictures else [], say)
    with transaction.atomic():
        say("  topics, pages, people")
        site.load_topics()
        association.load_targets()
        site.load_pages()
        users = people.load_users()
        say("  members, through the import")
        members.load(users["admin@example.org"], drawn)
        passports.load(drawn)
        lifecycle.load(users["admin@example.org"])
        people.load_representatives(users)
        say("  certificates, links of members")
        documents.load(users["admin@example.org"])
        say("  departments, the yearly question, letters")
        desk.load(users)
        say("  facts register")
        facts.load()
        say("  people, organisations, bodies")
        governance.load()
        say("  sister cities, other associations, requests")
        partnerships.load(users)
        say("  news")
        news.load(articles, drawn)
        say("  events and delegations")
        events.load(meetings, drawn, users)
        people.load_profile_updates(users)
        say("  decisions about delegations")
        registrations.load(users)
        say("  questions, guests and invitations of events")
        invitations.load(users)
        say("  dues")
        dues.load(users["admin@example.org"])
        say("  meetings and elections")
        meeting_records.load(users)
        say("  journeys, calls for a host city")
        travel.load(users)
        hosting.load(users)
        say("  awards and calls for entries")
        awards.load()
        entries.load(users)
        batches.load(users, with_pictures=bool(drawn))
        say("  juries, votes, protocols")
        judging.load(users)
        say("  laureates and results")
        laureates.load(users, with_pictures=bool(drawn))
        say("  diplomas")
        diplomas.load(users)
        say("  nominations for honours of others")
        nominations.load(users)
        say("  the rating, its editions")
        ratings.load(users)
        standings.load()
        say("  answers to the rating, checked and sealed")
        questionnaires.load(users)
        advice.load()
        say("  programmes of events")
        programme.load(users)
        say("  documents of events, certificates, library")
        documents_of_events.load(users)
        library.load(users)
        say("  practices")
        practices.load(users)
        projects.load()
        say("  newsletter")
        newsletter.load(users)
        say("  doors and reports of attendance")
        attendance.load(users)
        say("  synonyms and answers of the search")
        search.load()
        say("  drafts under discussion, calls for contributions")
        consultations.load(users)
        say("  front page, partners, staff directory")
        association.load()
        say("  authors, links and stories of the news")
        newsroom.load(users)
        say("  glossary, links of outside translators")
        translating.load(users)
        say("  editorial desk")
        editorial.load(users)
        say("  files of open data")
        opendata.load()
    return True
