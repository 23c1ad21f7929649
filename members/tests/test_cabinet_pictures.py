"""Emblem and own photos: through the same request as everything else of the profile."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from content.models import Picture, PrivateFile
from members import moderation, profile
from members.models import Member, MemberPhoto, ProfileChange, ProfileUpdate
from members.moderation import RETURN, Decision
from members.tests.factories import make_member, make_representative
from members.tests.profile_form import CORRECTIONS, PROFILE, image, opened, waiting

pytestmark = pytest.mark.django_db

PHOTOS = "/en/cabinet/kazan/photos/"
SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)


def accept(staff) -> None:
    update = ProfileUpdate.objects.waiting().get()
    moderation.accept_all(update, staff, update.version)


def shown() -> list[tuple[int, str]]:
    rows = MemberPhoto.objects.order_by("position")
    return [(row.position, row.picture.alt_en) for row in rows.select_related("picture")]


def test_rep_7_emblem_waits_and_becomes_public_with_its_words(door, member, editor):
    door.post(PROFILE, opened(door) | {"emblem": image(size=(200, 200))})

    assert waiting() == {"emblem": "kazan-emblem.jpg"}
    assert Member.objects.get().emblem is None
    accept(editor)
    emblem = Member.objects.get().emblem
    with translation.override("ru"):
        in_russian = translation.gettext("Emblem: %(member)s") % {"member": "Казань"}
    assert (emblem.width, emblem.alt_ru, emblem.alt_en) == (200, in_russian, "Emblem: Kazan")


@pytest.mark.parametrize(
    ("upload", "message"),
    [
        (
            lambda: SimpleUploadedFile("emblem.svg", SVG, "image/svg+xml"),
            "This is an SVG drawing. Such a file may hold a program, so it is not taken. Save it "
            "as PNG and upload it again.",
        ),
        (
            lambda: SimpleUploadedFile("emblem.png", SVG, "image/png"),
            "This is an SVG drawing. Such a file may hold a program, so it is not taken. Save it "
            "as PNG and upload it again.",
        ),
        (
            lambda: image(size=(100, 300)),
            "The picture is too small: 100 × 300 pixels. Its shorter side needs 128 pixels or "
            "more.",
        ),
        (
            lambda: SimpleUploadedFile("emblem.jpg", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 99),
            "This is a HEIC or AVIF picture, the format of some telephones. Save it as JPEG and "
            "upload it again.",
        ),
        (
            lambda: SimpleUploadedFile("emblem.jpg", b"%PDF-1.7 " + b"x" * 2000),
            "This file is not a picture, whatever its name says. Upload a photograph as JPEG, PNG "
            "or WebP.",
        ),
    ],
)
def test_rep_7_bad_emblem_is_told_and_the_other_fields_are_kept(door, upload, message):
    typed = {"phone": "+7 843 292-09-34", "tourism_url": "https://visit.example.org"}

    form = door.post(PROFILE, opened(door) | typed | {"emblem": upload()}).context["form"]

    assert form.errors == {"emblem": [message]}
    assert {name: form[name].value() for name in typed} == typed
    assert (PrivateFile.objects.count(), ProfileUpdate.objects.count()) == (0, 0)


def test_rep_7_bad_own_photo_is_told_beside_its_place(door):
    sent = opened(door, PHOTOS) | {
        "gallery_1": image(), "gallery_1_alt_en": "A bridge",
        "gallery_2": image(size=(200, 900)), "gallery_2_alt_en": "A tower",
        "gallery_3": image(),
    }  # fmt: skip

    form = door.post(PHOTOS, sent).context["form"]

    again = "The photo is fine, but browsers send a file once: choose it again."
    assert form.errors == {
        "gallery_1": [again],
        "gallery_2": [
            "The picture is too small: 200 × 900 pixels. Its shorter side needs 400 pixels or more."
        ],
        "gallery_3": [again],
        "gallery_3_alt_ru": ["Say what the photo shows, in one language at least."],
    }
    assert form["gallery_1_alt_en"].value() == "A bridge"


def test_own_photos_wait_in_the_same_request_and_take_their_places(door, member, editor):
    door.post(PROFILE, opened(door) | {"investment_url": "invest.example.org"})
    sent = opened(door, PHOTOS) | {
        "gallery_2": image(), "gallery_2_alt_en": "A bridge",
        "gallery_6": image(), "gallery_6_alt_en": "A tower",
    }  # fmt: skip

    response = door.post(PHOTOS, sent)

    assert response["Location"] == PHOTOS
    assert waiting() == {
        "investment_url": "https://invest.example.org",
        "gallery_2": "kazan-gallery-2.jpg", "gallery_6": "kazan-gallery-6.jpg",
    }  # fmt: skip
    assert (ProfileUpdate.objects.count(), shown()) == (1, [])
    accept(editor)
    assert shown() == [(2, "A bridge"), (6, "A tower")]
    assert Member.objects.get().investment_url == "https://invest.example.org"


def test_own_photo_is_replaced_and_taken_off_by_decision(door, member, rep, editor):
    for alt in ("A bridge", "A better bridge"):
        sent = opened(door, PHOTOS) | {"gallery_1": image(), "gallery_1_alt_en": alt}
        door.post(PHOTOS, sent)
        accept(editor)
    assert shown() == [(1, "A better bridge")]

    door.post(PHOTOS, opened(door, PHOTOS) | {"remove_gallery_1": "on"})

    assert (waiting(), shown()) == ({"gallery_1": ""}, [(1, "A better bridge")])
    assert "That it goes waits for the secretariat." in door.get(PHOTOS).content.decode()
    accept(editor)
    assert (shown(), Picture.objects.count()) == ([], 2)


def test_waiting_own_photo_is_taken_back(door):
    door.post(PHOTOS, opened(door, PHOTOS) | {"gallery_1": image(), "gallery_1_alt_en": "A bridge"})

    door.post(PHOTOS, opened(door, PHOTOS) | {"drop_gallery_1": "on"})

    assert (waiting(), PrivateFile.objects.count()) == ({}, 0)


def test_empty_place_cannot_be_emptied(member, rep):
    gone = profile.GALLERY[0]
    removal = moderation.ProposedPicture(None, removes=True)

    assert moderation.propose(member, rep, {}, {gone: removal}) is None
    assert ProfileUpdate.objects.count() == 0


def test_returned_pictures_are_corrected_one_by_one(door, member, rep, editor):
    door.post(PROFILE, opened(door) | {"emblem": image(size=(200, 200))})
    door.post(PHOTOS, opened(door, PHOTOS) | {"gallery_1": image(), "gallery_1_alt_en": "A bridge"})
    update = ProfileUpdate.objects.get()
    returned = Decision(RETURN, "", "bad_photo")
    moderation.decide(update, {"emblem": returned, "gallery_1": returned}, editor, update.version)

    page = door.get(CORRECTIONS)
    blocks = [block.name for block, _change in page.context["form"].picture_reasons()]
    sent = opened(door, CORRECTIONS)
    door.post(CORRECTIONS, sent | {"keep_emblem": "on", "gallery_1": image()})

    assert blocks == ["emblem", "gallery_1"]
    assert sent["gallery_1_alt_en"] == "A bridge"
    assert waiting() == {"gallery_1": "kazan-gallery-1.jpg"}
    assert list(
        ProfileChange.objects.filter(update=update).order_by("pk").values_list("status", flat=True)
    ) == ["corrected", "corrected"]


def test_decision_on_an_own_photo_that_changed_meanwhile_is_refused(door, member, rep, editor):
    door.post(PHOTOS, opened(door, PHOTOS) | {"gallery_1": image(), "gallery_1_alt_en": "A bridge"})
    picture = Picture.objects.create(file="x.jpg", width=500, height=500, alt_en="Another")
    MemberPhoto.objects.create(member=member, picture=picture, position=1)
    update = ProfileUpdate.objects.get()

    with pytest.raises(moderation.StaleDecision):
        moderation.accept_all(update, editor, update.version)

    assert shown() == [(1, "Another")]


def test_staff_see_the_public_and_the_proposed_picture(door, client_of, member, editor):
    door.post(PHOTOS, opened(door, PHOTOS) | {"gallery_1": image(), "gallery_1_alt_en": "A bridge"})
    accept(editor)
    door.post(PHOTOS, opened(door, PHOTOS) | {"remove_gallery_1": "on"})
    update = ProfileUpdate.objects.waiting().get()
    desk = client_of(editor)
    desk.cookies["django_language"] = "en"

    html = desk.get(f"/admin/members/profileupdate/{update.pk}/change/").content.decode()

    assert ("Own photo 1" in html, "Taken off the page" in html) == (True, True)


@pytest.mark.parametrize("count", [1, 6])
def test_page_of_photos_asks_a_constant_number_of_queries(
    door, member, count, django_assert_max_num_queries
):
    for position in range(1, count + 1):
        picture = Picture.objects.create(file=f"{position}.jpg", width=500, height=500)
        MemberPhoto.objects.create(member=member, picture=picture, position=position)

    with django_assert_max_num_queries(18):
        response = door.get(PHOTOS)

    assert response.status_code == 200


def test_rep_5_waiting_picture_is_seen_by_the_successor_and_not_by_strangers(
    door, member, client_of, make_user
):
    door.post(PHOTOS, opened(door, PHOTOS) | {"gallery_1": image(), "gallery_1_alt_en": "A bridge"})
    successor, stranger = make_user("next@example.org"), make_user("stranger@example.org")
    make_representative(successor, member)
    make_representative(stranger, make_member("tver", "Тверь", "Tver"))
    address = "/en/cabinet/kazan/waiting/gallery_1/"

    answers = [client_of(user).get(address) for user in (successor, stranger, None)]

    assert [answer.status_code for answer in answers] == [200, 404, 302]
    assert b"".join(answers[0].streaming_content)[:3] == b"\xff\xd8\xff"
    assert address in client_of(successor).get(PHOTOS).content.decode().replace("/ru/", "/en/")
    assert client_of(successor).get("/en/cabinet/kazan/waiting/photo/").status_code == 404
