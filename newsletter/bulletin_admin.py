"""Issues of the newsletter in the admin: composed, edited, shown, tried, approved, sent."""

import uuid

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from modeltranslation.admin import TranslationAdmin

from content import approvals, editing
from content.languages import LANGUAGE_CODES
from content.models import Job
from mailing.cleaning import preview_html
from newsletter import composing, letters, sending, sources
from newsletter.forms import ComposeForm
from newsletter.models import Bulletin, BulletinItem


class ItemInline(admin.TabularInline):
    """The items: their order, and which of them stay."""

    model = BulletinItem
    extra = 0
    fields = ["shown_kind", "shown", "position"]
    readonly_fields = ["shown_kind", "shown"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("record")

    def has_add_permission(self, request, obj=None):
        return False

    @admin.display(description=_("kind"))
    def shown_kind(self, item):
        source = sources.get(item.kind)
        return source.label if source else item.kind

    @admin.display(description=_("item"))
    def shown(self, item):
        return str(item)


class WaitingFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("draft", _("drafts")), ("waiting", _("to be approved")), ("sent", _("sent"))]

    def queryset(self, request, queryset):
        if self.value() == "waiting":
            asked = approvals.open_for(request.user).filter(deed=sending.DEED)
            return queryset.filter(pk__in=asked.values("object_id"))
        if self.value() == "draft":
            return queryset.draft()
        return queryset.sent() if self.value() == "sent" else queryset


@admin.register(Bulletin)
class BulletinAdmin(editing.VersionedAdminMixin, TranslationAdmin):
    list_display = ["__str__", "state", "starts_on", "ends_on", "letters", "sent_at"]
    list_filter = [WaitingFilter]
    search_fields = ["title_ru", "title_en"]
    inlines = [ItemInline]
    change_form_template = "admin/newsletter/bulletin_form.html"
    fieldsets = [
        (None, {"fields": [("title_ru", "title_en"), ("intro_ru", "intro_en")]}),
        (_("Period"), {"fields": [("starts_on", "ends_on")]}),
    ]

    @admin.display(description=_("state"))
    def state(self, bulletin):
        return bulletin.state_words

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_draft)

    def has_change_permission(self, request, obj=None):
        """What was sent is read only."""
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/desk/", wrap(self.desk_view), name="newsletter_bulletin_desk"),
            path("<int:pk>/dry-run/", wrap(self.dry_run_view), name="newsletter_bulletin_dry_run"),
            path("<int:pk>/deed/<str:deed>/", wrap(require_POST(self.deed_view)),
                 name="newsletter_bulletin_deed"),
        ]  # fmt: skip
        return [*own, *super().get_urls()]

    def add_view(self, request, form_url="", extra_context=None):
        """A new issue is composed: the period is asked, not the text."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST" and (
            done := editing.answered(request.POST.get("form_key", ""))
        ):
            return done
        form = ComposeForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            return editing.once(form.cleaned_data["form_key"], lambda: _composed(form, request))
        return self._page(request, "compose.html", _("New issue of the newsletter"), form=form)

    def desk_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The letter in both languages, and what may be done with it."""
        bulletin = self._bulletin(request, pk)
        pieces = composing.content_of(bulletin)
        state = composing.digest(bulletin, pieces)
        waiting = approvals.waiting(sending.DEED, bulletin)
        is_asked = waiting is not None and waiting.digest == state
        may = request.user.has_perm(sending.MAY_SEND)
        return self._page(
            request, "desk.html", _("Issue: %s") % bulletin,
            bulletin=bulletin,
            previews=[_preview(bulletin, pieces, code) for code in LANGUAGE_CODES],
            problems=sending.problems(bulletin, pieces) if bulletin.is_draft else [],
            state=state,
            approval=approvals.approved(sending.DEED, bulletin, state),
            waiting=waiting if is_asked else None,
            may=may,
            may_approve=may and is_asked and waiting.asked_by_id != request.user.pk,
            jobs=Job.objects.filter(kind=sending.JOB, params__bulletin=bulletin.pk),
            form_key=uuid.uuid4(),
        )  # fmt: skip

    def dry_run_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Whom it would reach; addresses are shown to who may send."""
        bulletin = self._bulletin(request, pk)
        if not request.user.has_perm(sending.MAY_SEND):
            raise PermissionDenied
        return self._page(
            request, "dry_run.html", _("Dry run: %s") % bulletin,
            bulletin=bulletin, found=sending.dry_run(bulletin),
        )  # fmt: skip

    def deed_view(self, request: HttpRequest, pk: int, deed: str) -> HttpResponse:
        """Ask, approve, send, try, look for items again: each leads back, or to its work."""
        bulletin = self._bulletin(request, pk)
        if not request.user.has_perm(sending.MAY_SEND):
            raise PermissionDenied
        deeds = {
            "ask": self._ask, "approve": self._approve, "send": self._send, "try": self._try,
            "refill": self._refill,
        }  # fmt: skip
        try:
            done = deeds[deed](request, bulletin) if deed in deeds else None
        except sending.SendingRefused as refused:
            self.message_user(request, str(refused), messages.ERROR)
            done = None
        return redirect(done or reverse("admin:newsletter_bulletin_desk", args=[pk]))

    def _ask(self, request, bulletin):
        sending.ask(bulletin, request.user)
        self.message_user(request, _("A second person is asked to read the issue."))

    def _approve(self, request, bulletin):
        sending.approve(bulletin, request.POST.get("state", ""), request.user)
        self.message_user(request, _("The issue is approved. It goes out when it is sent."))

    def _send(self, request, bulletin):
        return sending.start(bulletin, request.user, _key(request)).get_absolute_url()

    def _try(self, request, bulletin):
        sending.send_sample(bulletin, request.user)
        text = _("A test letter goes to %(email)s.") % {"email": request.user.email}
        self.message_user(request, text)

    def _refill(self, request, bulletin):
        if not bulletin.is_draft:
            raise sending.SendingRefused(_("This issue is sent already."))
        number = composing.add_found(bulletin)
        text = ngettext("%(n)d item is new.", "%(n)d items are new.", number)
        self.message_user(request, text % {"n": number})

    def _bulletin(self, request, pk: int) -> Bulletin:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(Bulletin, pk=pk)

    def _page(self, request, template: str, title, **context) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request), "title": title, "opts": self.opts, **context
        }  # fmt: skip
        return render(request, f"admin/newsletter/{template}", context)


def _composed(form: ComposeForm, request: HttpRequest) -> str:
    data = form.cleaned_data
    bulletin = composing.compose(
        data["starts_on"], data["ends_on"], request.user, kinds=data["kinds"],
        topics=data["topics"],
    )  # fmt: skip
    return reverse("admin:newsletter_bulletin_change", args=[bulletin.pk])


def _preview(bulletin: Bulletin, pieces: list, language: str) -> dict:
    made = letters.sample(bulletin, pieces, language)
    return {
        "language": language,
        "subject": made.subject,
        "html": preview_html(made.html),
        "text": made.text,
    }


def _key(request: HttpRequest) -> uuid.UUID:
    """The key of the form that was sent; a broken one counts as a new one."""
    try:
        return uuid.UUID(request.POST.get("form_key", ""))
    except ValueError:
        return uuid.uuid4()
