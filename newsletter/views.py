"""The newsletter for its readers: subscribing, the links of the letters, the archive.

No page here knows a session. What a link allows it allows to whoever has it, and the forms carry
no token against foreign sites: such a site could do nothing in a reader's name that it cannot do
without them. Opening a link changes nothing, its button does.
"""

from allauth.core.internal import ratelimit
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from content.keys import as_key
from mailing.models import normalised_address
from newsletter import composing, digests, links, subscribing
from newsletter.forms import SubscribeForm, WishForm
from newsletter.models import Bulletin, Subscription

# A letter goes to the address that was typed: nobody fills a stranger's mailbox with them.
RATES = {"subscribe": "20/h/ip,5/d/key"}
ISSUES_A_PAGE = 20
State = Subscription.State


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """What the newsletter is, and the issues that were sent."""
    pages = Paginator(Bulletin.objects.sent(), ISSUES_A_PAGE)
    number = as_key(request.GET.get("page")) or 1
    return render(request, "newsletter/archive.html", {"page": pages.get_page(number)})


@require_safe
def issue(request: HttpRequest, number: int) -> HttpResponse:
    """One issue that was sent, with the links that its letter had."""
    bulletin = get_object_or_404(Bulletin.objects.sent(), number=number)
    groups = composing.by_kind(composing.content_of(bulletin))
    return render(request, "newsletter/issue.html", {"bulletin": bulletin, "groups": groups})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """The form. The short one at the foot of other pages brings an address and opens this one."""
    language = (get_language() or "ru")[:2]
    if request.method != "POST":
        form = SubscribeForm(initial={"language": language})
        return render(request, "newsletter/subscribe.html", {"form": form})
    if "short" in request.POST:
        typed = request.POST.get("email", "")[:300]
        form = SubscribeForm(initial={"language": language, "email": typed})
        return _private(render(request, "newsletter/subscribe.html", {"form": form}))
    form = SubscribeForm(request.POST)
    if form.is_valid() and _is_within_limits(request, form):
        subscribing.ask(form.cleaned_data["email"], form.wish())
        return redirect("newsletter:sent")
    return _private(render(request, "newsletter/subscribe.html", {"form": form}))


def _is_within_limits(request: HttpRequest, form: SubscribeForm) -> bool:
    consumed = ratelimit.consume(
        request, app="newsletter", action="subscribe", config=RATES,
        key=normalised_address(form.cleaned_data["email"]),
    )  # fmt: skip
    if not consumed:
        form.add_error(
            None,
            _(
                "Too many subscriptions came from your network or with this address. Try again "
                "later, or write to the secretariat."
            ),
        )
    return bool(consumed)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What to do next. The same whoever asked: it says nothing of the address."""
    return render(request, "newsletter/sent.html")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Programs that look into mails open the link; only the button on its page confirms."""
    subscription = links.find_to_confirm(token)
    if subscription is None:
        return _unknown(request)
    if request.method == "POST":
        subscribing.confirm(subscription)
        subscription.refresh_from_db()
    is_done = subscription.state != State.WAITING
    mine = links.address(links.MINE, links.token(subscription, links.MINE)) if is_done else ""
    return _by_link(
        request, "newsletter/confirm.html",
        {"subscription": subscription, "is_done": is_done, "mine": mine},
    )  # fmt: skip


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """The settings of a subscription, by the link of its letters."""
    subscription = links.find(token, links.MINE)
    if subscription is None:
        return _unknown(request)
    if subscription.state in (State.LEFT, State.WAITING):
        return _by_link(request, "newsletter/leave.html", {"is_done": True, "is_again": True})
    form = WishForm(request.POST if request.method == "POST" else None, initial={
        "language": subscription.language,
        "topics": subscription.topics.all(),
        "kinds": subscription.kinds,
    })  # fmt: skip
    is_saved = form.is_bound and form.is_valid()
    if is_saved:
        subscribing.change(subscription, form.wish())
    leave_token = links.token(subscription, links.LEAVE)
    return _by_link(request, "newsletter/mine.html", {
        "form": form, "subscription": subscription, "is_saved": is_saved,
        "leave": links.address(links.LEAVE, leave_token),
    })  # fmt: skip


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """One click (RFC 8058): mail programs post here, people press the button of the page."""
    subscription = links.find(token, links.LEAVE)
    if subscription is None:
        return _unknown(request)
    is_again = subscription.state == State.LEFT
    if request.method == "POST" and not is_again:
        is_again = not subscribing.leave(subscription)
        subscription.refresh_from_db()
    is_done = subscription.state == State.LEFT
    return _by_link(request, "newsletter/leave.html", {"is_done": is_done, "is_again": is_again})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def weekly(request: HttpRequest, token: str) -> HttpResponse:
    """The weekly digest of a representative is turned off: the same one click."""
    user_id = links.find_user(token)
    if user_id is None or not digests.is_reader(user_id):
        return _unknown(request)
    is_again = not digests.is_on(user_id)
    if request.method == "POST" and not is_again:
        is_again = not digests.turn_off(user_id)
    is_done = not digests.is_on(user_id)
    return _by_link(request, "newsletter/weekly.html", {"is_done": is_done, "is_again": is_again})


def _unknown(request: HttpRequest) -> HttpResponse:
    return _private(render(request, "newsletter/unknown.html", status=404))


def _by_link(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    return _private(render(request, template, context))


def _private(response: HttpResponse) -> HttpResponse:
    """A page for one reader: kept by nobody, its address told to nobody."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
