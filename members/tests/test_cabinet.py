import datetime

import pytest
from django.core.cache import cache
from django.urls import reverse

from accounts.tests.factories import make_user
from content import dated
from content.editing import CONFLICT
from content.models import AuditEntry
from members import moderation
from members.models import Member, ProfileChange, ProfileUpdate
from members.moderation import ACCEPT, RETURN, Decision
from members.tests.factories import make_country, make_member, make_period, make_representative
from members.tests.profile_form import CORRECTIONS, PROFILE, fields_of, image, opened, waiting

pytestmark = pytest.mark.django_db


def public() -> list[dict]:
    return list(Member.objects.order_by("pk").values("slug", "phone", "slogan_ru", "website"))


PAGES = ["", "profile/", "corrections/", "photos/", "representatives/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_rep_1_wrong_city_is_not_found(door, rep, page, method):
    make_member("bugulma", "Бугульма", "Bugulma", slogan_ru="Тайный лозунг")

    response = getattr(door, method)(f"/en/cabinet/bugulma/{page}")

    html = response.content.decode()
    assert response.status_code == 404
    assert [word for word in ("Bugulma", "Бугульма", "Тайный") if word in html] == []
    entry = AuditEntry.objects.get(verb="cabinet.refused")
    assert (entry.actor, entry.target.slug) == (rep, "bugulma")


def test_rep_1_city_that_does_not_exist_looks_the_same(door):
    make_member("bugulma", "Бугульма", "Bugulma")

    answers = [door.get(f"/en/cabinet/{slug}/profile/") for slug in ("bugulma", "nowhere")]

    bodies = [
        answer.content.decode().replace(slug, "")
        for answer, slug in zip(answers, ("bugulma", "nowhere"), strict=True)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert bodies[0] == bodies[1]


def test_rep_1_tries_are_written_down_once_a_day_for_each_city(door, rep):
    for slug in ("bugulma", "tver"):
        make_member(slug, slug, slug.title())
    knock = ["bugulma", "tver", "nowhere"]

    for slug in knock * 2:
        door.get(f"/en/cabinet/{slug}/profile/")
    cache.clear()
    for slug in knock:
        door.post(f"/en/cabinet/{slug}/profile/")
    door.force_login(make_user("other@example.org"))
    door.get("/en/cabinet/tver/")

    entries = AuditEntry.objects.filter(verb="cabinet.refused").order_by("pk")
    assert [(entry.actor.email, entry.target.slug) for entry in entries] == [
        ("rep@example.org", "bugulma"), ("rep@example.org", "tver"), ("other@example.org", "tver"),
    ]  # fmt: skip


def test_rep_1_try_of_another_day_is_written_down_again(door, monkeypatch):
    make_member("bugulma", "Бугульма", "Bugulma")
    door.get("/en/cabinet/bugulma/")
    tomorrow = dated.today() + datetime.timedelta(days=1)
    monkeypatch.setattr("content.dated.today", lambda: tomorrow)

    door.get("/en/cabinet/bugulma/")

    assert AuditEntry.objects.filter(verb="cabinet.refused").count() == 2


def test_rep_1_saved_form_with_another_city_changes_nothing(door):
    other = make_member("bugulma", "Бугульма", "Bugulma", phone="+7 1")
    before = public()
    sent = opened(door) | {"phone": "+7 843 292-09-34"}

    stolen = door.post("/en/cabinet/bugulma/profile/", sent)
    extra = {"member": other.pk, "id": other.pk, "slug": "bugulma"}
    own = door.post(PROFILE, sent | extra)

    assert (stolen.status_code, own.status_code) == (404, 302)
    assert public() == before
    assert list(ProfileUpdate.objects.values_list("member__slug", flat=True)) == ["kazan"]


@pytest.mark.parametrize("page", PAGES)
def test_visitor_is_asked_to_sign_in(client, member, page):
    response = client.get(f"/en/cabinet/kazan/{page}")

    assert (response.status_code, response["Location"]) == (
        302, f"{reverse('account_login')}?next=/en/cabinet/kazan/{page}",
    )  # fmt: skip


def test_ended_mandate_ends_the_right_at_once(door, rep):
    sent = opened(door) | {"phone": "+7 843 292-09-34"}
    rep.mandates.update(ends_on=datetime.date(2020, 1, 1))

    assert door.post(PROFILE, sent).status_code == 404
    assert door.get(PROFILE).status_code == 404
    assert list(ProfileUpdate.objects.all()) == []
    assert "Your mandate has ended" in door.get("/en/cabinet/").content.decode()


def test_mem_6_city_that_left_is_edited_no_more(door, member):
    sent = opened(door) | {"phone": "+7 843 292-09-34"}
    member.periods.update(ends_on=datetime.date(2024, 12, 31))

    assert (door.post(PROFILE, sent).status_code, door.get(PROFILE).status_code) == (404, 404)
    assert list(ProfileUpdate.objects.all()) == []
    assert "the city has left the association" in door.get("/en/cabinet/").content.decode()
    assert door.get("/en/members/kazan/").status_code == 200


TODAY = datetime.date(2026, 6, 1)
DAY, YEAR = datetime.timedelta(days=1), datetime.timedelta(days=365)


@pytest.mark.parametrize(
    ("periods", "may_edit"),
    [
        pytest.param([], True, id="guest"),
        pytest.param([(TODAY - YEAR, TODAY)], True, id="last-day"),
        pytest.param([(TODAY - YEAR, TODAY - DAY)], False, id="left"),
        pytest.param([(TODAY + DAY, None)], True, id="joins-later"),
        pytest.param([(TODAY - 2 * YEAR, TODAY - YEAR), (TODAY, None)], True, id="came-back"),
        pytest.param(
            [(TODAY - YEAR, TODAY - DAY), (TODAY + DAY, None)], False, id="comes-back-later"
        ),
    ],
)  # fmt: skip
def test_mem_6_edit_right_follows_the_membership(rep, member, monkeypatch, periods, may_edit):
    monkeypatch.setattr("content.dated.today", lambda: TODAY)
    member.periods.all().delete()
    for starts_on, ends_on in periods:
        make_period(member, starts_on, starts_precision="day", ends_on=ends_on)

    assert Member.objects.editable_by(rep).exists() == may_edit


def test_mandate_lasts_through_its_last_day(door, rep, monkeypatch):
    rep.mandates.update(ends_on=datetime.date(2026, 6, 1))
    codes = []
    for day in (1, 2):
        monkeypatch.setattr("content.dated.today", lambda day=day: datetime.date(2026, 6, day))
        codes.append(door.get(PROFILE).status_code)

    assert codes == [200, 404]


def test_old_address_of_the_own_cabinet_leads_to_the_present_one(door, member):
    member.slug = "kazan-city"
    member.save()

    response = door.get(PROFILE)

    assert (response.status_code, response["Location"]) == (302, "/en/cabinet/kazan-city/profile/")


def test_acc_4_one_city_opens_at_once(door):
    response = door.get("/en/cabinet/")

    assert (response.status_code, response["Location"]) == (302, "/en/cabinet/kazan/")


def test_staff_without_a_city_go_to_their_own_pages(client, editor):
    client.force_login(editor)

    response = client.get("/en/cabinet/")

    assert (response.status_code, response["Location"]) == (302, "/admin/")


def test_person_without_a_city_is_told(client):
    client.force_login(make_user("juror@example.org"))

    html = client.get("/en/cabinet/").content.decode()

    assert "No city is entrusted to you today" in html


def test_acc_4_two_cities_are_chosen_between_and_always_named(door, rep):
    other = make_member("almaty", "Алматы", "Almaty", country=make_country("KZ", "К", "Kazakhstan"))
    make_representative(rep, other)

    chooser = door.get("/en/cabinet/")

    assert [member.slug for member in chooser.context["members"]] == ["almaty", "kazan"]
    for slug, name in [("almaty", "Almaty"), ("kazan", "Kazan")]:
        for page in PAGES:
            html = door.get(f"/en/cabinet/{slug}/{page}").content.decode()
            assert f"Cabinet: <strong>{name}</strong>" in html
            assert "Choose another city" in html


def test_acc_4_nothing_is_saved_into_the_other_city(door, rep):
    other = make_member("almaty", "Алматы", "Almaty", phone="+7 727")
    make_representative(rep, other)
    sent = opened(door) | {"phone": "+7 843 292-09-34"}

    response = door.post("/en/cabinet/almaty/profile/", sent)

    # The form was opened on another city: its version belongs to that one.
    assert response.status_code == 200
    assert response.context["form"].errors["__all__"] == [str(CONFLICT)]
    assert list(ProfileUpdate.objects.all()) == []


def test_rep_2_sent_changes_wait_and_the_public_page_stays(door, client):
    sent = opened(door) | {
        "phone": "+7 843 292-09-34", "slogan_ru": "Город у реки", "photo_alt_en": "A tower",
    }  # fmt: skip

    response = door.post(PROFILE, sent | {"photo": image()})

    assert (response.status_code, response["Location"]) == (302, PROFILE)
    assert waiting() == {
        "phone": "+7 843 292-09-34", "slogan_ru": "Город у реки", "photo": "kazan.jpg",
    }  # fmt: skip
    assert "+7 843 000-00-00" in client.get("/en/members/kazan/").content.decode()
    assert "3 changes wait for the secretariat" in door.get(PROFILE).content.decode()


def test_rep_2_only_the_returned_field_can_be_corrected(door, member, rep):
    update = moderation.propose(member, rep, {"phone": "+7 1", "slogan_ru": "Слишком длинно"})
    moderation.decide(
        update,
        {"phone": (ACCEPT, ""), "slogan_ru": Decision(RETURN, "", "too_long")},
        make_user("staff@example.org"),
        seen_version=1,
    )

    page = door.get(CORRECTIONS)
    form = page.context["form"]
    sent = opened(door, CORRECTIONS) | {"slogan_ru": "Город", "phone": "+7 666", "email": "x@y.zz"}
    response = door.post(CORRECTIONS, sent)

    assert [field.name for field in form.visible_fields()] == ["slogan_ru"]
    assert form["slogan_ru"].value() == "Слишком длинно"
    assert "It is longer than 80 characters." in page.content.decode()
    assert response.status_code == 302
    assert waiting() == {"slogan_ru": "Город"}
    assert "Nothing was returned" in door.get(CORRECTIONS).content.decode()


def test_returned_field_may_stay_as_the_public_sees_it(door, member, rep):
    update = moderation.propose(member, rep, {"slogan_ru": "Слишком длинно"})
    decision = {"slogan_ru": (RETURN, "Короче.")}
    moderation.decide(update, decision, make_user("staff@example.org"), seen_version=1)

    door.post(CORRECTIONS, opened(door, CORRECTIONS) | {"slogan_ru": "Третья столица"})

    assert waiting() == {}
    assert list(ProfileChange.objects.values_list("status", flat=True)) == ["corrected"]


def test_site_without_scheme_is_completed(door):
    door.post(PROFILE, opened(door) | {"website": "kazan.example.org"})

    assert waiting() == {"website": "https://kazan.example.org"}


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("website", "javascript:alert(1)", "Enter the address of the site with https://"),
        ("website", "kazan", "Enter the address of the site with https://"),
        (
            "phone", "call me",
            "Enter the number with its country code, for example +7 843 292-09-34.",
        ),
        ("email", "nobody", "Enter a valid email address."),
        (
            "slogan_en", "a" * 201,
            "Ensure this value has at most 200 characters (it has 201).",
        ),
    ],
)  # fmt: skip
def test_wrong_value_is_told_beside_its_field_and_kept(door, name, typed, message):
    form = door.post(PROFILE, opened(door) | {name: typed}).context["form"]

    assert form.errors == {name: [message]}
    assert form[name].value() == typed


def test_untouched_rich_text_keeps_its_formatting(door):
    door.post(PROFILE, opened(door) | {"phone": "+7 1"})

    assert waiting() == {"phone": "+7 1"}


def test_long_text_of_staff_stays_valid_while_it_is_untouched(door, member):
    member.about_ru = "<p>" + "а" * 5000 + "</p>"
    member.save()

    response = door.post(PROFILE, opened(door) | {"phone": "+7 1"})

    assert response.status_code == 302
    assert waiting() == {"phone": "+7 1"}


def test_about_text_is_typed_plain_and_kept_as_paragraphs(door):
    typed = "Первый.\r\n\r\n- раз\r\n- <script>alert(1)</script>"

    door.post(PROFILE, opened(door) | {"about_ru": typed})

    assert waiting() == {
        "about_ru": "<p>Первый.</p><ul><li>раз</li>"
        "<li>&lt;script&gt;alert(1)&lt;/script&gt;</li></ul>"
    }
    assert opened(door)["about_ru"] == "Первый.\n\n- раз\n- <script>alert(1)</script>"


def test_form_starts_from_what_waits(door):
    door.post(PROFILE, opened(door) | {"phone": "+7 1"})

    assert opened(door)["phone"] == "+7 1"


def test_changing_back_withdraws_the_request(door):
    door.post(PROFILE, opened(door) | {"phone": "+7 1"})

    response = door.post(PROFILE, opened(door) | {"phone": "+7 843 000-00-00"}, follow=True)

    assert list(ProfileUpdate.objects.all()) == []
    assert "Nothing waits for the secretariat" in response.content.decode()


def test_second_click_sends_once(door):
    sent = opened(door) | {"phone": "+7 1"}

    answers = [door.post(PROFILE, sent) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert ProfileUpdate.objects.get().version == 1


def test_save_over_a_newer_request_is_refused_with_both_values(door):
    early = opened(door) | {"phone": "+7 111"}
    door.post(PROFILE, opened(door) | {"phone": "+7 222"})

    form = door.post(PROFILE, early).context["form"]

    assert form.errors["phone"] == ["Now stored: +7 222"]
    assert form["phone"].value() == "+7 111"
    assert waiting() == {"phone": "+7 222"}
    assert door.post(PROFILE, fields_of(form)).status_code == 302
    assert waiting() == {"phone": "+7 111"}


def test_save_over_a_change_of_staff_is_refused(door, member):
    sent = opened(door) | {"slogan_ru": "Город"}
    member.phone = "+7 999"
    member.save()

    form = door.post(PROFILE, sent).context["form"]

    assert form.errors["phone"] == ["Now stored: +7 999"]
    assert waiting() == {}


def test_front_page_says_what_waits_for_the_representative(door, member, rep):
    update = moderation.propose(member, rep, {"slogan_ru": "Слишком длинно", "phone": "+7 1"})
    moderation.decide(
        update, {"slogan_ru": (RETURN, "Короче."), "phone": (ACCEPT, "")},
        make_user("staff@example.org"), seen_version=1,
    )  # fmt: skip

    response = door.get("/en/cabinet/kazan/")

    assert [(one.title, one.is_hot) for one in response.context["todo"]] == [
        ("The secretariat returned 1 field of the profile", True),
        ("The city profile lacks 10 items", False),
    ]
    html = response.content.decode()
    assert "3 of 13 items" in html
    assert "Короче." in html
    assert '<span class="count count--hot">1' in html


@pytest.mark.parametrize("decided", [1, 5])
def test_front_page_query_count_does_not_grow(
    door, member, rep, decided, django_assert_max_num_queries
):
    staff = make_user("staff@example.org")
    for number in range(decided):
        update = moderation.propose(member, rep, {"phone": f"+7 {number}"})
        moderation.accept_all(update, staff, update.version)

    # Of ratings three: questionnaires under way, answers to check as an expert, points of the city.
    with django_assert_max_num_queries(47):
        response = door.get("/en/cabinet/kazan/")

    assert len(response.context["decisions"]) == decided


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_cabinet_is_private_in_both_languages(door, language, page):
    response = door.get(f"/{language}/cabinet/kazan/{page}")

    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
