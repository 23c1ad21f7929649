import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.tests.factories import make_user
from content.models import Picture, PrivateFile
from members import moderation
from members.models import ProfileChange, ProfileUpdate
from members.moderation import RETURN, Decision
from members.tests.profile_form import CORRECTIONS, PROFILE, image, opened, waiting

pytestmark = pytest.mark.django_db


def test_returned_photo_is_sent_anew_or_given_up(door, member, rep):
    for number in range(2):
        door.post(PROFILE, opened(door) | {"photo": image(), "photo_alt_en": "A tower"})
        update = ProfileUpdate.objects.waiting().get()
        moderation.decide(
            update, {"photo": Decision(RETURN, "", "bad_photo")},
            make_user(f"staff{number}@example.org"), seen_version=update.version,
        )  # fmt: skip
        sent = opened(door, CORRECTIONS)
        door.post(CORRECTIONS, sent | ({"photo": image()} if number == 0 else {"keep_photo": "on"}))
        if number == 0:
            assert waiting() == {"photo": "kazan.jpg"}
            moderation.accept_all(
                ProfileUpdate.objects.waiting().get(), rep,
                ProfileUpdate.objects.waiting().get().version,
            )  # fmt: skip

    assert waiting() == {}
    assert Picture.objects.count() == 1
    assert list(ProfileChange.objects.order_by("pk").values_list("status", flat=True)) == [
        "corrected", "accepted", "corrected",
    ]  # fmt: skip


HEIC = b"\x00\x00\x00\x18ftypheic" + b"\x00" * (40 * 1024 * 1024)


@pytest.mark.parametrize(
    ("upload", "message"),
    [
        (
            lambda: SimpleUploadedFile("city.heic", HEIC, "image/heic"),
            "This is a HEIC or AVIF picture, the format of some telephones. Save it as JPEG and "
            "upload it again.",
        ),
        (
            lambda: SimpleUploadedFile("city.jpg", b"%PDF-1.7 " + b"x" * 2000, "image/jpeg"),
            "This file is not a picture, whatever its name says. Upload a photograph as JPEG, PNG "
            "or WebP.",
        ),
        (
            lambda: image(size=(200, 600)),
            "The picture is too small: 200 × 600 pixels. Its shorter side needs 400 pixels or "
            "more.",
        ),
    ],
)
def test_rep_7_bad_photo_is_told_and_the_other_fields_are_kept(door, upload, message):
    typed = {
        "phone": "+7 843 292-09-34", "slogan_en": "A city by the river", "photo_alt_en": "A tower",
    }  # fmt: skip

    response = door.post(PROFILE, opened(door) | typed | {"photo": upload()})

    form = response.context["form"]
    assert response.status_code == 200
    assert form.errors == {"photo": [message]}
    assert {name: form[name].value() for name in typed} == typed
    assert (PrivateFile.objects.count(), ProfileUpdate.objects.count()) == (0, 0)


def test_rep_7_good_photo_in_a_form_with_errors_is_asked_for_again(door):
    sent = opened(door) | {"email": "no address", "photo_alt_en": "A tower", "photo": image()}

    form = door.post(PROFILE, sent).context["form"]

    assert form.errors == {
        "email": ["Enter a valid email address."],
        "photo": ["The photo is fine, but browsers send a file once: choose it again."],
    }


def test_photo_needs_words_for_those_who_do_not_see_it(door):
    form = door.post(PROFILE, opened(door) | {"photo": image()}).context["form"]

    assert form.errors["photo_alt_ru"] == ["Say what the photo shows, in one language at least."]
