"""Rows for what the public reads, and for what it does not read yet."""

from tests.access.cells import EVERYBODY, NOBODY, NOT_FOUND, OVER, SIGN_IN, STAFF, Row, who

PREVIEW = who(*STAFF, "superuser", visitor=SIGN_IN, others=NOT_FOUND)

PLACE = "/ru/events/places/{place_link}/"

ROWS = [
    Row("Public pages", "home", "/ru/", EVERYBODY),
    Row("Public pages", "choose a language", "/", EVERYBODY),
    Row("Public pages", "search", "/ru/search/?q=казань", EVERYBODY),
    Row("Public pages", "a simple page", "/ru/pages/{page.slug}/", EVERYBODY),
    Row("Public pages", "about", "/ru/about/", EVERYBODY),
    Row("Public pages", "contacts", "/en/contacts/", EVERYBODY),
    Row("Public pages", "a simple page in draft", "/ru/pages/{draft_page.slug}/", NOBODY),
    Row("News", "list", "/ru/news/", EVERYBODY),
    Row("News", "feed", "/ru/news/feed/", EVERYBODY),
    Row("News", "read a published item", "/ru/news/{article.slug}/", EVERYBODY),
    Row("News", "read a draft", "/ru/news/{draft.slug}/", NOBODY),
    Row("News", "read a scheduled item before its time", "/ru/news/{scheduled.slug}/", NOBODY),
    Row("News", "read a withdrawn item", "/ru/news/{withdrawn.slug}/", OVER),
    Row("News", "preview a draft", "/ru/news/{draft.slug}/preview/", PREVIEW),
    Row("News", "preview a scheduled item", "/en/news/{scheduled.slug}/preview/", PREVIEW),
    Row("Members", "directory", "/ru/members/", EVERYBODY),
    Row("Members", "page of city A", "/ru/members/{a.slug}/", EVERYBODY),
    Row("Events", "list", "/ru/events/", EVERYBODY),
    Row("Events", "calendar", "/ru/events/calendar.ics", EVERYBODY),
    Row("Events", "read an announced event", "/ru/events/{event.slug}/", EVERYBODY),
    Row("Events", "its calendar file", "/ru/events/{event.slug}/event.ics", EVERYBODY),
    Row("Events", "read a draft", "/ru/events/{draft_event.slug}/", NOBODY),
    Row("Events", "read before its time", "/ru/events/{scheduled_event.slug}/", NOBODY),
    Row("Events", "preview a draft", "/ru/events/{draft_event.slug}/preview/", PREVIEW),
    Row("Events", "preview before its time", "/en/events/{scheduled_event.slug}/preview/", PREVIEW),
    Row("Events", "calendar file of a draft", "/ru/events/{draft_event.slug}/event.ics", NOBODY),
    Row("Place of a participant", "open the signed link", PLACE, EVERYBODY),
    Row("Place of a participant", "open a forged link", "/ru/events/places/{place_link}x/", NOBODY),
]
