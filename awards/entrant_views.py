"""Entering a call without an account: an address, a link in a letter, the pages behind it."""

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.generic import TemplateView, View
from django.views.generic.base import ContextMixin

from awards import deadlines, eligibility, entering, entrant_links, sending
from awards.enter_form import EnterForm, LinkForm
from awards.entry_pages import EntryDoor, EntryFileView, EntryPage
from awards.entry_rows import rows_of
from awards.models import Award, Entrant, Entry, Round
from awards.start_form import StartForm
from content.editing import answered, once
from events.question_form import guarded_uploads

# A letter goes to the address that was typed: nobody fills a stranger's mailbox with them.
RATES = {"enter": "10/h/ip,5/d/key"}
SUBPAGES = {
    "list": "awards:entrant", "entry": "awards:entrant_entry", "file": "awards:entrant_entry_file"
}  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, award: str, slug: str) -> HttpResponse:
    """The form of who enters without an account. Nothing begins before the address is confirmed."""
    round = _round(award, slug)
    closed = deadlines.why_closed(round)
    is_again = "again" in request.POST
    options = {"round": round, "language": get_language() or "ru"}
    link, form = LinkForm(prefix="link"), EnterForm(**options)
    if request.method == "POST" and is_again:
        link = LinkForm(request.POST, prefix="link")
        if link.is_valid() and _is_within_limits(request, link):
            entering.send_link(round, link.cleaned_data["email"])
            return redirect("awards:enter_sent", award, slug)
    elif request.method == "POST":
        if done := answered(request.POST.get("form_key", "")):
            return done
        form = EnterForm(request.POST, **options)
        if form.is_valid() and _is_within_limits(request, form):
            try:
                return once(form.cleaned_data["form_key"], lambda: _apply(round, form))
            except sending.EntryRefused as refused:
                form.add_error(None, str(refused))
    context = {"round": round, "form": form, "link": link, "closed": closed,
               "kinds": eligibility.kinds_of_outsiders(round),
               "until": deadlines.in_words(deadlines.closing(round), round)}  # fmt: skip
    return render(request, "awards/enter.html", context)


def _apply(round: Round, form: EnterForm) -> str:
    entering.apply(round, form.outsider())
    return reverse("awards:enter_sent", args=[round.award.slug, round.slug])


def _round(award: str, slug: str) -> Round:
    rounds = Round.objects.published().filter(award__in=Award.objects.published())
    return get_object_or_404(
        rounds.select_related("award").prefetch_related("categories"), award__slug=award, slug=slug
    )


def _is_within_limits(request: HttpRequest, form: LinkForm) -> bool:
    consumed = ratelimit.consume(
        request, app="awards", action="enter", config=RATES, key=form.cleaned_data["email"]
    )
    if not consumed:
        form.add_error(
            None,
            _(
                "Too many requests came from your network or with this address. Try again later, "
                "or write to the secretariat."
            ),
        )
    return bool(consumed)


@never_cache
def enter_sent(request: HttpRequest, award: str, slug: str) -> HttpResponse:
    """What to do next. The same whoever asked: it says nothing of the address."""
    return render(request, "awards/enter_sent.html", {"round": _round(award, slug)})


class LinkMixin(EntryDoor, ContextMixin):
    """For a view behind the link of an entrant: `self.entrant`, and the headers of such pages."""

    entrant: Entrant

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        found = entrant_links.find(kwargs["token"])
        if found is None:
            return self.by_extension(kwargs["token"])
        if found.confirmed_at is None and not self.is_front():
            raise Http404
        self.entrant = found
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    def by_extension(self, token: str) -> HttpResponseBase:
        """A longer deadline leads to the pages of its entrant, who proves it as always.

        A member's to its cabinet, where its representatives alone come in.
        """
        extension = entrant_links.find_extension(token)
        if extension is not None:
            return redirect(entrant_links.own_page(extension.entrant))
        return render(self.request, "awards/entrant_unknown.html", status=404)

    def is_front(self) -> bool:
        return False

    def entries(self):
        return Entry.objects.filter(entrant=self.entrant)

    def visitor(self):
        return None

    def address(self, name, *args):
        return reverse(SUBPAGES[name], args=[self.kwargs["token"], *args])


@method_decorator(never_cache, name="dispatch")
class EntrantPage(LinkMixin, TemplateView):
    """The entries of one entrant; before that, the button that confirms the address."""

    template_name = "awards/entrant.html"

    def is_front(self):
        return True

    def get_context_data(self, **kwargs):
        entrant, round = self.entrant, self.entrant.round
        entries = self.entries().select_related("category", "round__award", "entrant__home")
        until = deadlines.closing_for(entrant)
        return super().get_context_data(
            entrant=entrant,
            entrant_name=entrant.name_in(get_language()),
            round=round,
            is_lapsed=entering.is_lapsed(entrant, timezone.now()),
            rows=rows_of(entries.order_by("pk"), lambda pk: self.address("entry", pk)),
            closed=deadlines.why_closed(round, entrant=entrant),
            until=deadlines.in_words(until, round),
            refusal=eligibility.of_entrant(entrant),
            full=eligibility.over_limit(entrant, None),
            form=StartForm(round=round),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Programs that look into mails open the link; only the button confirms."""
        if request.POST.get("deed") == "confirm":
            if entering.is_lapsed(self.entrant, timezone.now()):
                return render(request, "awards/entrant_unknown.html", status=404)
            entering.confirm(self.entrant)
            return redirect(self.address("list"))
        if self.entrant.confirmed_at is None:
            raise Http404
        if done := answered(request.POST.get("form_key", "")):
            return done
        form = StartForm(request.POST, round=self.entrant.round)
        if form.is_valid():
            try:
                return once(form.cleaned_data["form_key"], lambda: self.begin(form))
            except sending.EntryRefused as refused:
                messages.error(request, str(refused))
        return redirect(self.address("list"))

    def begin(self, form: StartForm) -> str:
        entry = sending.begin(self.entrant, language=form.cleaned_data.get("language", ""))
        return self.address("entry", entry.pk)


@method_decorator([guarded_uploads, never_cache], name="dispatch")
class EntrantEntry(LinkMixin, EntryPage, TemplateView):
    """The form of one entry behind the link."""

    template_name = "awards/entrant_entry.html"


@method_decorator(never_cache, name="dispatch")
class EntrantEntryFile(LinkMixin, EntryFileView, View):
    """A file of one entry behind the link."""
