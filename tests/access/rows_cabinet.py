"""Rows for what people with an account do: own account, cabinet of a city, private files."""

from tests.access.cells import (
    EVERYBODY,
    FORBIDDEN,
    NOBODY,
    NOT_FOUND,
    SIGN_IN,
    Row,
    cabinet,
    signed_in,
    who,
)

A = "/ru/cabinet/{a.slug}/"
EVENT = A + "events/{event.slug}/"
START = who("rep_a", "rep_b", visitor=SIGN_IN, others=FORBIDDEN)

ROWS = [
    Row("Own account", "profile", "/accounts/profile/", signed_in()),
    Row("Own account", "save the profile", "/accounts/profile/", signed_in(), "post"),
    Row("Own account", "password", "/accounts/password/change/", signed_in()),
    Row("Own account", "addresses", "/accounts/email/", signed_in()),
    Row("Own account", "second factor", "/accounts/2fa/", signed_in()),
    Row("Own account", "devices and sessions", "/accounts/sessions/", signed_in()),
    Row("Invitation", "open the link", "/accounts/invitation/{token}/", EVERYBODY),
    Row("Invitation", "open a made-up link", "/accounts/invitation/made-up/", NOBODY),
    Row("Cabinet of city A", "choose a city", "/ru/cabinet/", signed_in()),
    Row("Cabinet of city A", "open", A, cabinet("rep_a")),
    Row("Cabinet of city A", "profile", A + "profile/", cabinet("rep_a")),
    Row("Cabinet of city A", "send the profile", A + "profile/", cabinet("rep_a"), "post"),
    Row("Cabinet of city A", "returned fields", A + "corrections/", cabinet("rep_a")),
    Row("Cabinet of a city that is not there", "open", "/ru/cabinet/nowhere/", cabinet()),
    Row("Delegation of city A", "from the public page", "/ru/events/{event.slug}/register/", START),
    Row("Delegation of city A", "events of the city", A + "events/", cabinet("rep_a")),
    Row("Delegation of city A", "read and change", EVENT, cabinet("rep_a")),
    Row("Delegation of city A", "register", EVENT, cabinet("rep_a"), "post"),
    Row(
        "Delegation of city A", "register for a draft", A + "events/{draft_event.slug}/", cabinet()
    ),
    Row(
        "Delegation of city A", "cancel one person", EVENT + "people/{person.pk}/cancel/",
        cabinet("rep_a"), "post",
    ),
    Row(
        "Delegation of city A", "cancel one person through the cabinet of B",
        "/ru/cabinet/{b.slug}/events/{event.slug}/people/{person.pk}/cancel/", cabinet(), "post",
    ),
    Row("Delegation of city A", "cancel all", EVENT + "cancel/", cabinet("rep_a"), "post"),
    Row(
        "Private file of the representative of A", "fetch", "/files/{file.pk}/",
        who("rep_a", "editor", "lead", "superuser", visitor=SIGN_IN, others=NOT_FOUND),
    ),
    Row(
        "Private file of the representative of A", "fetch a number that is not there",
        "/files/999999/", who(visitor=SIGN_IN, others=NOT_FOUND),
    ),
]  # fmt: skip
