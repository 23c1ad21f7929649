import datetime
import io
import threading

import pytest
from django.db import connection
from django.utils import translation
from PIL import Image

from accounts.models import User
from content.models import AuditEntry, PrivateFile, SearchEntry
from content.pictures import CheckedPicture
from mailing.models import Message
from members import moderation, profile
from members.models import Member, ProfileChange, ProfileUpdate
from members.moderation import (
    ACCEPT,
    RETURN,
    AlreadyDecided,
    Decision,
    ModerationError,
    ProposedPicture,
    StaleDecision,
)
from members.tests.factories import make_member, make_representative

pytestmark = pytest.mark.django_db


def make_user(email="rep@example.org", language="en", **fields) -> User:
    return User.objects.create_user(
        email, full_name=email.split("@")[0], language=language, **fields
    )


def make_photo(alt_en="A tower") -> ProposedPicture:
    data = io.BytesIO()
    Image.new("RGB", (800, 600), "teal").save(data, "JPEG")
    return ProposedPicture(CheckedPicture(data.getvalue(), 800, 600), alt_en=alt_en)


@pytest.fixture
def member() -> Member:
    return make_member(phone="+7 843 000-00-00", slogan_ru="Третья столица")


@pytest.fixture
def rep(member) -> User:
    user = make_user()
    make_representative(user, member)
    return user


@pytest.fixture
def staff() -> User:
    return make_user("staff@example.org", is_staff=True)


def statuses(update: ProfileUpdate) -> dict[str, str]:
    return dict(update.changes.values_list("field", "status"))


def test_rep_2_proposal_leaves_the_public_values_alone(member, rep):
    update = moderation.propose(
        member, rep, {"phone": "+7 843 292-09-34", "slogan_ru": "Город"}, {"photo": make_photo()}
    )

    stored = Member.objects.get()
    assert (stored.phone, stored.slogan_ru, stored.photo, stored.version) == (
        "+7 843 000-00-00", "Третья столица", None, member.version,
    )  # fmt: skip
    assert statuses(update) == {"phone": "waiting", "slogan_ru": "waiting", "photo": "waiting"}
    assert update.version == 1


def test_rep_2_part_is_accepted_and_part_returned(member, rep, staff):
    update = moderation.propose(
        member, rep, {"phone": "+7 843 292-09-34", "slogan_ru": "Город"}, {"photo": make_photo()}
    )

    moderation.decide(
        update,
        {
            "phone": (ACCEPT, ""),
            "photo": (ACCEPT, ""),
            "slogan_ru": Decision(RETURN, "", "too_long"),
        },
        staff,
        seen_version=1,
    )

    stored = Member.objects.select_related("photo").get()
    assert (stored.phone, stored.slogan_ru) == ("+7 843 292-09-34", "Третья столица")
    assert (stored.photo.alt_en, stored.photo.alt_ru, stored.photo.width) == ("A tower", None, 800)
    update.refresh_from_db()
    assert (update.status, update.decided_by) == ("decided", staff)
    assert statuses(update) == {"phone": "accepted", "slogan_ru": "returned", "photo": "accepted"}
    assert [change.field for change in profile.returned_changes(member)] == ["slogan_ru"]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_rep_2_representative_reads_every_decision_in_their_language(member, staff, language):
    rep = make_user(language=language)
    make_representative(rep, member)
    update = moderation.propose(member, rep, {"phone": "+7 1", "slogan_ru": "Город"})

    moderation.decide(
        update,
        {"phone": (ACCEPT, ""), "slogan_ru": Decision(RETURN, "Сократите.", "too_long")},
        staff,
        seen_version=1,
    )

    message = Message.objects.get()
    assert (message.email, message.language) == ("rep@example.org", language)
    with translation.override(language):
        usual = translation.gettext("It is longer than 80 characters.")
        label = translation.gettext("Slogan, Russian")
        returned = translation.gettext("returned")
    assert f"- {label}: {returned}. {usual} Сократите." in message.text_body
    assert f"http://testserver/{language}/cabinet/kazan/corrections/" in message.text_body
    if language == "en":
        assert message.subject == "Kazan: please correct what the secretariat returned"


def test_accepted_texts_are_searchable_at_once(member, rep, staff):
    update = moderation.propose(member, rep, {"about_ru": "<p>Казанский университет</p>"})

    moderation.accept_all(update, staff, seen_version=1)

    assert "Казанский университет" in SearchEntry.objects.get(language="ru").text


def test_proposed_rich_text_is_cleaned_on_its_way_to_the_public(member, rep, staff):
    update = moderation.propose(
        member, rep, {"about_en": '<p onclick="x()">City</p><script>alert(1)</script>'}
    )

    moderation.accept_all(update, staff, seen_version=1)

    assert Member.objects.get().about_en == "<p>City</p>"


def test_edits_while_waiting_change_the_same_request(member, rep):
    first = moderation.propose(member, rep, {"phone": "+7 1", "slogan_ru": "Раз"})

    second = moderation.propose(member, rep, {"slogan_ru": "Два", "email": "a@example.org"})

    assert (second.pk, second.version) == (first.pk, 2)
    assert dict(second.changes.values_list("field", "new_value")) == {
        "phone": "+7 1", "slogan_ru": "Два", "email": "a@example.org",
    }  # fmt: skip


def test_same_proposal_again_raises_no_version(member, rep):
    moderation.propose(member, rep, {"phone": "+7 1"})

    assert moderation.propose(member, rep, {"phone": "+7 1"}).version == 1


def test_public_value_takes_the_field_out_of_the_request(member, rep):
    moderation.propose(member, rep, {"phone": "+7 1", "slogan_ru": "Раз"})

    update = moderation.propose(member, rep, {"phone": "+7 843 000-00-00"})

    assert statuses(update) == {"slogan_ru": "waiting"}
    assert moderation.propose(member, rep, {"slogan_ru": "Третья столица"}) is None
    assert list(ProfileUpdate.objects.all()) == []


def test_new_photo_replaces_the_waiting_one_and_its_file(
    member, rep, django_capture_on_commit_callbacks
):
    moderation.propose(member, rep, {}, {"photo": make_photo()})
    first = PrivateFile.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        update = moderation.propose(member, rep, {}, {"photo": make_photo("A bridge")})

    kept = PrivateFile.objects.get()
    assert (update.changes.get().file, update.changes.get().alt_en) == (kept, "A bridge")
    assert (kept.pk != first.pk, first.file.storage.exists(first.file.name)) == (True, False)


def test_words_for_the_waiting_photo_change_without_an_upload(member, rep):
    moderation.propose(member, rep, {}, {"photo": make_photo()})

    update = moderation.propose(member, rep, {}, {"photo": ProposedPicture(None, alt_ru="Мост")})

    change = update.changes.get()
    assert (change.alt_ru, change.alt_en, update.version) == ("Мост", "", 2)


def test_waiting_photo_can_be_taken_back(member, rep):
    moderation.propose(member, rep, {"phone": "+7 1"}, {"photo": make_photo()})

    update = moderation.propose(member, rep, {}, dropped={"photo"})

    assert statuses(update) == {"phone": "waiting"}
    assert list(PrivateFile.objects.all()) == []


def test_stale_decision_is_refused(member, rep, staff):
    update = moderation.propose(member, rep, {"phone": "+7 1"})
    moderation.propose(member, rep, {"phone": "+7 2"})

    with pytest.raises(StaleDecision):
        moderation.accept_all(update, staff, seen_version=1)

    assert Member.objects.get().phone == "+7 843 000-00-00"
    assert list(Message.objects.all()) == []


def test_decision_over_a_public_value_changed_meanwhile_is_refused_once(member, rep, staff):
    update = moderation.propose(member, rep, {"phone": "+7 1"})
    member.phone = "+7 9"
    member.save()

    with pytest.raises(StaleDecision):
        moderation.accept_all(update, staff, seen_version=1)

    update.refresh_from_db()
    assert (update.version, update.changes.get().old_value) == (2, "+7 9")
    moderation.accept_all(update, staff, seen_version=2)
    assert Member.objects.get().phone == "+7 1"


def test_second_decision_is_refused(member, rep, staff):
    update = moderation.propose(member, rep, {"phone": "+7 1"})
    moderation.accept_all(update, staff, seen_version=1)

    with pytest.raises(AlreadyDecided) as refusal, translation.override("en"):
        moderation.decide(update, {"phone": (RETURN, "No.")}, staff, seen_version=1)

    assert str(refusal.value) == (
        "staff has decided on this request meanwhile. Nothing was changed now."
    )
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("decisions", "field"),
    [
        ({}, "phone"),
        ({"phone": (ACCEPT, "")}, "slogan_ru"),
        ({"phone": (ACCEPT, ""), "slogan_ru": (RETURN, "  ")}, "slogan_ru"),
        ({"phone": ("perhaps", ""), "slogan_ru": (ACCEPT, "")}, "phone"),
    ],
)
def test_incomplete_decision_is_refused_with_its_field(member, rep, staff, decisions, field):
    update = moderation.propose(member, rep, {"phone": "+7 1", "slogan_ru": "Раз"})

    with pytest.raises(ModerationError) as refusal:
        moderation.decide(update, decisions, staff, seen_version=1)

    assert refusal.value.field == field
    assert statuses(update) == {"phone": "waiting", "slogan_ru": "waiting"}


def test_returned_field_is_corrected_by_a_new_proposal(member, rep, staff):
    update = moderation.propose(member, rep, {"slogan_ru": "Слишком длинный", "phone": "+7 1"})
    moderation.decide(
        update, {"slogan_ru": (RETURN, "Короче."), "phone": (ACCEPT, "")}, staff, seen_version=1
    )

    moderation.propose(member, rep, {"phone": "+7 2"})
    assert [change.field for change in profile.returned_changes(member)] == ["slogan_ru"]
    moderation.propose(member, rep, {"slogan_ru": "Город"})

    assert profile.returned_changes(member) == []
    assert statuses(update) == {"slogan_ru": "corrected", "phone": "accepted"}


def test_letter_goes_to_those_who_represent_the_city_when_the_mandate_is_over(member, rep, staff):
    successor = make_user("next@example.org")
    make_representative(successor, member)
    update = moderation.propose(member, rep, {"phone": "+7 1"})
    rep.mandates.update(ends_on=datetime.date(2020, 1, 1))

    moderation.accept_all(update, staff, seen_version=1)

    assert list(Message.objects.values_list("email", flat=True)) == ["next@example.org"]


def test_letter_does_not_go_to_a_disabled_account(member, rep, staff):
    make_representative(make_user("next@example.org"), member)
    make_representative(make_user("gone@example.org", is_active=False), member)
    update = moderation.propose(member, rep, {"phone": "+7 1"})
    rep.is_active = False
    rep.save()

    moderation.accept_all(update, staff, seen_version=1)

    assert list(Message.objects.values_list("email", flat=True)) == ["next@example.org"]


def test_every_deed_is_in_the_audit_log(member, rep, staff):
    update = moderation.propose(member, rep, {"phone": "+7 1"})
    moderation.accept_all(update, staff, seen_version=1)

    deeds = AuditEntry.objects.filter(verb__startswith="profile.").order_by("pk")
    assert [(deed.verb, deed.actor, deed.changes) for deed in deeds] == [
        ("profile.proposed", rep, {"phone": [None, "+7 1"]}),
        ("profile.decided", staff, {"phone": ["+7 843 000-00-00", "+7 1", "accepted", ""]}),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_decide_once(member, rep, staff):
    other = make_user("other@example.org", is_staff=True)
    update = moderation.propose(member, rep, {"phone": "+7 1"})
    start, outcomes = threading.Barrier(2), []

    def decide(by, decision):
        try:
            start.wait(10)
            moderation.decide(
                ProfileUpdate.objects.get(pk=update.pk), {"phone": decision}, by, seen_version=1
            )
            outcomes.append("decided")
        except AlreadyDecided:
            outcomes.append("too late")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=decide, args=(staff, (ACCEPT, ""))),
        threading.Thread(target=decide, args=(other, (RETURN, "No."))),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(outcomes) == ["decided", "too late"]
    assert Message.objects.count() == 1
    is_accepted = ProfileChange.objects.get().status == "accepted"
    assert Member.objects.get().phone == ("+7 1" if is_accepted else "+7 843 000-00-00")
