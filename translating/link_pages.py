"""Links for outside translators in the admin: made, revoked, and what came back by them."""

import datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from content.editing import OneTimeKeyMixin, answered, once
from translating import desk, glossary, links
from translating.models import DeskEntry, TranslationLink


class LinkForm(OneTimeKeyMixin):
    """Whom a link is for, and for how long."""

    name = forms.CharField(label=_("Name of the translator"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("The link is mailed to this address. Left empty, it is shown here once."),
    )
    days = forms.IntegerField(
        label=_("Open for, days"), min_value=1, max_value=links.LONGEST_DAYS, initial=14
    )


class LinkPages:
    """For the desk's admin: its pages about links."""

    def link_urls(self, wrap) -> list:
        return [
            path("<int:pk>/link/", wrap(self.link_view), name="translating_link_new"),
            path("links/<int:pk>/", wrap(self.proposal_view), name="translating_proposal"),
        ]

    def link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make a link for somebody without an account."""
        if not request.user.has_perm("translating.add_translationlink"):
            raise PermissionDenied
        entry = self.entry_or_404(request, pk)
        if request.method == "POST" and (done := answered(request.POST.get("form_key", ""))):
            return done
        form = LinkForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                key = form.cleaned_data["form_key"]
                return once(key, lambda: self._made(request, entry, form.cleaned_data))
            except ValidationError as error:
                form.add_error(None, error)
        title = _("Link for an outside translator")
        back = self.address(entry)
        return self.page(request, "link", title=title, form=form, entry=entry, back=back)

    def _made(self, request: HttpRequest, entry: DeskEntry, data: dict) -> str:
        until = timezone.now() + datetime.timedelta(days=data["days"])
        link, address = links.make(
            entry, data["name"], until=until, by=request.user, email=data["email"]
        )
        if link.email:
            messages.success(request, _("The link is on its way to %s.") % link.email)
        else:
            words = _("Copy the link now, it is not shown again: {}")
            shown = format_html('<code class="desk-address">{}</code>', address)
            messages.success(request, format_html(str(words), shown))
        return self.address(entry)

    def proposal_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What came back by a link, beside what stands there now; or the link that still waits."""
        link, entry = self._link_or_404(request, pk)
        if request.method == "POST":
            if not request.user.has_perm("translating.change_translationlink"):
                raise PermissionDenied
            return self._decided(request, link, entry)
        rows = links.compared(link) if link.returned_at else []
        return self.page(
            request,
            "proposal",
            title=_("Proposal of an outside translator"),
            link=link,
            entry=entry,
            record=entry.record,
            record_title=links.title_of(link),
            rows=[(row, self._warnings(entry, row)) for row in rows],
            changed=[row.number for row in rows if row.is_source_changed],
            is_longer=bool(rows) and links.is_longer_now(link),
            back=self.address(entry),
        )

    def _warnings(self, entry: DeskEntry, row: links.Comparison) -> list[glossary.Warning]:
        before = entry.record.source_language
        return glossary.warnings(row.source, row.proposed, before, entry.language)

    def _link_or_404(self, request, pk: int) -> tuple[TranslationLink, DeskEntry]:
        if not request.user.has_perm("translating.view_translationlink"):
            raise PermissionDenied
        link = TranslationLink.objects.filter(pk=pk).first()
        entry = link and desk.entries_for(request.user).filter(
            content_type=link.content_type_id, object_id=link.object_id, language=link.language
        ).first()  # fmt: skip
        if not entry or entry.record is None:
            raise Http404
        return link, entry

    def _decided(self, request, link: TranslationLink, entry: DeskEntry) -> HttpResponse:
        deed = request.POST.get("deed", "")
        try:
            if deed == "accept":
                self._accept(request, link, entry)
            elif deed == "decline":
                links.decline(link, request.user)
                messages.success(request, _("The proposal is put aside."))
            elif deed == "revoke":
                links.revoke(link, request.user)
                messages.success(request, _("The link is revoked."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("admin:translating_proposal", link.pk)
        return redirect(self.address(entry))

    def _accept(self, request, link: TranslationLink, entry: DeskEntry) -> None:
        seen = request.POST.get("version", "")
        version = int(seen) if seen.isdecimal() else -1
        fields = desk.editable_fields(request, entry.record, entry.language)
        links.accept(link, fields, version, request.user)
        messages.success(request, _("The proposal is taken over."))


def proposal_address(link: TranslationLink) -> str:
    """The page of the admin about a link."""
    return reverse("admin:translating_proposal", args=[link.pk])
