"""Mails about partnerships and requests: to the representatives of a member, in both languages."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import roles
from content.dates import partial_text
from content.languages import in_language
from mailing import cleaning, outbox
from members import mandates
from partnerships.models import HelpRequest, Partnership

ABOUT_CITY = _("You receive this letter because you represent this city in the association.")


def name_of(record) -> Callable[[], str]:
    """The name of a city in the language a half of the letter is in."""
    return lambda: in_language(record, "name")[0]


def signed_words(partnership: Partnership) -> Callable[[], str]:
    """The date of the agreement, never more precise than it is known; empty without one."""
    day = partnership.signed_on
    return lambda: partial_text(day, partnership.signed_precision) if day else ""


def cabinet_link(view: str, *args) -> Callable[[], str]:
    return lambda: cleaning.on_site(reverse(view, args=args))


def ask_other_side(partnership: Partnership) -> None:
    """Ask the representatives of the other side; once for each version of the statement."""
    if partnership.answer != Partnership.Answer.ASKED:
        return
    asking = partnership.stated_by
    asked = partnership.other(asking)
    for user in mandates.answering_for([asked.pk]).get(asked.pk, []):
        outbox.write(
            f"partnerships.asked:{partnership.pk}:{partnership.version}",
            user.email,
            user.language,
            "partnerships/mail/asked",
            {
                "name": user.full_name,
                "asking": name_of(asking),
                "asked": name_of(asked),
                "kind": lambda: partnership.get_kind_display(),
                "stage": lambda: partnership.get_stage_display(),
                "signed": signed_words(partnership),
                "link": cabinet_link("partnerships:cabinet_answer", asked.slug, partnership.pk),
                "reason": ABOUT_CITY,
            },
            user=user,
            about=partnership,
        )


def tell_confirmed(partnership: Partnership) -> None:
    """Tell the side that stated it that the other one has confirmed."""
    stating = partnership.stated_by
    other = partnership.other(stating)
    for user in mandates.answering_for([stating.pk]).get(stating.pk, []):
        outbox.write(
            f"partnerships.confirmed:{partnership.pk}:{partnership.version}",
            user.email,
            user.language,
            "partnerships/mail/confirmed",
            {
                "name": user.full_name,
                "stating": name_of(stating),
                "other": name_of(other),
                "link": cabinet_link("partnerships:cabinet", stating.slug),
                "reason": ABOUT_CITY,
            },
            user=user,
            about=partnership,
        )


def tell_staff(request: HelpRequest) -> None:
    """Tell those who answer requests that one has come in."""
    for user in roles.staff_who_may("partnerships.change_helprequest"):
        outbox.write(
            f"partnerships.help_received:{request.pk}",
            user.email,
            user.language,
            "partnerships/mail/help_received",
            {
                "name": user.full_name,
                "member": name_of(request.member),
                "kind": lambda: request.get_kind_display(),
                "request": request,
                "link": cabinet_link("admin:partnerships_helprequest_change", request.pk),
                "reason": _("You receive this letter because you answer requests of members."),
            },
            user=user,
            about=request,
        )


def tell_asker(request: HelpRequest, step: int) -> None:
    """Tell who sent the request what became of it: of each step, once.

    Who no longer represents the member is left out; the others of the member are told instead.
    """
    people = mandates.answering_for([request.member_id]).get(request.member_id, [])
    holds = request.created_by.mandates.on().filter(member=request.member_id).exists()
    told = [request.created_by] if holds else people
    for user in told:
        outbox.write(
            f"partnerships.help_step:{step}",
            user.email,
            user.language,
            "partnerships/mail/help_step",
            {
                "name": user.full_name,
                "member": name_of(request.member),
                "request": request,
                "state": lambda: request.get_state_display(),
                "link": cabinet_link(
                    "partnerships:cabinet_request", request.member.slug, request.pk
                ),
                "reason": ABOUT_CITY,
            },
            user=user,
            about=request,
        )
