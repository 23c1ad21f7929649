"""The pages on which guests register themselves; they work without scripts and accounts."""

from allauth.core.internal import ratelimit
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from content.editing import answered, once
from events import guests, placelinks, questions, words
from events.guest_form import GuestForm
from events.models import Event, GuestApplication, Question
from events.people import RegistrationRefused

SALT = "events.guest"
# A letter goes to the address that was typed: nobody fills a stranger's mailbox with them.
RATES = {"guest": "10/h/ip,5/d/key"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a guest. What was typed waits for the link in the letter."""
    event = get_object_or_404(Event.objects.published().filter(admits_guests=True), slug=slug)
    closed = guests.why_not(event)
    options = {"event": event, "language": get_language() or "ru"}
    if request.method != "POST":
        return _form_page(request, event, GuestForm(**options), closed)
    if done := answered(request.POST.get("form_key", "")):
        return done
    form = GuestForm(request.POST, **options)
    if form.is_valid() and _is_within_limits(request, form):
        try:
            return once(form.cleaned_data["form_key"], lambda: _take(event, form))
        except RegistrationRefused as refused:
            form.add_error(None, str(refused))
    return _form_page(request, event, form, closed)


def _take(event: Event, form: GuestForm) -> str:
    data = form.cleaned_data
    guests.apply(event, form.person(), data["guest_of"], data["guest_country"], form.answers())
    sent = signing.dumps(data["guest_of"], salt=SALT)
    return reverse("events:guest_sent", args=[event.slug, sent])


def _is_within_limits(request: HttpRequest, form: GuestForm) -> bool:
    consumed = ratelimit.consume(
        request, app="events", action="guest", config=RATES, key=form.cleaned_data["email"]
    )
    if not consumed:
        form.add_error(
            None,
            _(
                "Too many registrations came from your network or with this address. Try again "
                "later, or write to the secretariat."
            ),
        )
    return bool(consumed)


def _form_page(request: HttpRequest, event: Event, form: GuestForm, closed: str) -> HttpResponse:
    files = [one for one in questions.asked(event) if one.kind == Question.Kind.FILE]
    context = {"form": form, "closed": closed, "files": files, **_facts(event)}
    return render(request, "events/guest.html", context)


@never_cache
def guest_sent(request: HttpRequest, slug: str, sent: str) -> HttpResponse:
    """What to do next. The same whoever asked: it says nothing of the address."""
    event = get_object_or_404(Event.objects.published(), slug=slug)
    try:
        city = signing.loads(sent, salt=SALT)
    except signing.BadSignature:
        raise Http404 from None
    context = {"member": guests.member_called(city), **_facts(event)}
    return render(request, "events/guest_sent.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Programs that look into mails open the link; only the button on its page registers."""
    application = guests.find(token)
    if application is None or application.event.slug != slug:
        return render(request, "events/guest_unknown.html", status=404)
    problem, was_new = "", application.confirmed_at is None
    if request.method == "POST":
        try:
            person = guests.confirm(application)
            if was_new:
                return redirect("events:place", placelinks.token(person))
            application.refresh_from_db()
        except RegistrationRefused as refused:
            problem = str(refused)
    context = {**_about(application), **_facts(application.event), "problem": problem}
    response = render(request, "events/guest_confirm.html", context)
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _about(application: GuestApplication) -> dict:
    """What waits to be confirmed; of what was confirmed, the way to the place."""
    if application.delegation is None:
        wanted = application.wanted
        return {
            "wanted": wanted,
            "application": application,
            "member": guests.member_called(wanted["guest_of"]),
        }
    person = application.delegation.participants.get(whole=None)
    is_theirs = person.email.lower() == application.email.lower()
    return {"done": True, "place": placelinks.address(person) if is_theirs else ""}


def _facts(event: Event) -> dict:
    return {
        "event": event,
        "when": words.when_text(event.starts_at, event.ends_at, event.zone),
    }
