"""Rows for the secretariat's admin. "Save" posts an empty form: who may save gets it back."""

from collections.abc import Iterator

from tests.access.cells import FORBIDDEN, NOT_FOUND, SIGN_IN, STAFF, Row, admin, who

# model, name, an object; who sees the list, who opens "add", who saves a change, who deletes
Kinds = tuple[str, str, str, tuple, tuple, tuple, tuple]

MODELS: list[Kinds] = [
    ("accounts/user", "People", "user", ("lead",), None, ("lead",), None),
    ("accounts/invitation", "Invitations", "invitation", ("lead",), ("lead",), None, None),
    ("content/auditentry", "Audit log", "entry", ("lead",), None, None, None),
    (
        "content/page", "Simple pages", "draft_page",
        STAFF, ("editor", "lead"), ("translator", "editor", "lead"), None,
    ),
    (
        "content/picture", "Pictures", "picture",
        STAFF, ("editor", "events", "awards", "ratings", "lead"),
        ("translator", "editor", "events", "awards", "ratings", "lead"), (),
    ),
    (
        "content/topic", "Topics", "topic",
        STAFF, ("editor", "lead"), ("translator", "editor", "lead"), ("lead",),
    ),
    (
        "news/article", "News in the admin", "draft",
        STAFF, ("editor", "lead"), ("translator", "editor", "lead"), None,
    ),
    (
        "members/member", "Members in the admin", "a",
        STAFF, ("lead",), ("editor", "lead"), None,
    ),
    ("members/memberimport", "Imports of members", "", ("lead",), ("lead",), None, None),
    ("members/country", "Countries", "country", STAFF, ("lead",), ("lead",), ()),
    ("members/sizecategory", "Size categories", "size", ("lead",), ("lead",), ("lead",), ("lead",)),
    (
        "members/profileupdate", "Profile changes of city A", "update",
        ("editor", "lead"), None, ("editor", "lead"), None,
    ),
    (
        "events/event", "Events in the admin", "draft_event",
        STAFF, ("events", "lead"), ("translator", "events", "lead"), None,
    ),
    (
        "events/delegation", "Delegations in the admin", "delegation",
        ("events", "lead"), None, ("events", "lead"), None,
    ),
    (
        "events/participant", "Participants in the admin", "person",
        ("events", "lead"), None, ("events", "lead"), None,
    ),
    ("mailing/message", "Mails", "mail", ("events", "lead"), None, None, None),
    ("mailing/inboxmail", "Inbox of the demonstration, elsewhere", "", None, None, None, None),
    ("mailing/switch", "Switch of bulk mail", "", ("lead",), None, None, None),
]  # fmt: skip

SUPERUSER = "/admin/accounts/user/{admin.pk}/change/"
IMPORT = "/admin/members/memberimport/"
BEGUN = admin("lead") | {"superuser": NOT_FOUND}
SHUT = who(visitor=SIGN_IN, others=FORBIDDEN)


def admin_rows(model, name, thing, seers, adders, savers, deleters) -> Iterator[Row]:
    """The usual deeds on one model of the admin; see `Kinds` for the arguments."""
    base = f"/admin/{model}/"
    yield Row(name, "list", base, SHUT if seers is None else admin(*seers))
    yield Row(name, "add", f"{base}add/", SHUT if adders is None else admin(*adders))
    if not thing:
        return
    one = f"{base}{{{thing}.pk}}/"
    yield Row(name, "open", f"{one}change/", admin(*seers))
    yield Row(name, "history", f"{one}history/", admin(*seers))
    save = SHUT if savers is None else admin(*savers)
    yield Row(name, "save", f"{one}change/", save, "post", {"version": "-1"})
    yield Row(name, "delete", f"{one}delete/", SHUT if deleters is None else admin(*deleters))


ROWS = [
    Row("Admin", "front page", "/admin/", admin(*STAFF)),
    *(row for model in MODELS for row in admin_rows(*model)),
    Row("Superusers in the admin", "open", SUPERUSER, admin("lead")),
    Row("Superusers in the admin", "save", SUPERUSER, admin(), "post"),
    Row(
        "Members in the admin", "invite a representative", "/admin/members/member/{a.pk}/invite/",
        admin("lead"),
    ),
    Row("Imports of members", "template", IMPORT + "template/", admin("lead")),
    Row("Imports of members", "one that was written", IMPORT + "{done.pk}/change/", admin("lead")),
    Row("Imports of members", "one that the lead began", IMPORT + "{begun.pk}/change/", BEGUN),
    Row("Imports of members", "its rows to correct", IMPORT + "{begun.pk}/errors.csv", BEGUN),
    Row(
        "Events in the admin", "cancel", "/admin/events/event/{event.pk}/cancel/",
        admin("events", "lead"),
    ),
    *(
        Row(
            "Choosing from a list in the admin", f"{field} of {model}",
            f"/admin/autocomplete/?term=a&app_label={app}&model_name={model}&field_name={field}",
            admin(*allowed),
        )
        for app, model, field, allowed in [
            ("content", "page", "owner", ("lead",)),
            ("news", "article", "members", STAFF),
            ("news", "article", "cover", STAFF),
            ("members", "representative", "user", ("lead",)),
        ]
    ),
    Row(
        "Invitations", "pass on to another address",
        "/admin/accounts/invitation/{invitation.pk}/readdress/", admin("lead"),
    ),
    Row(
        "Mails", "open a secret one", "/admin/mailing/message/{secret_mail.pk}/change/",
        admin("events", "lead"),
    ),
]  # fmt: skip
