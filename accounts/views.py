"""Accepting an invitation, and a person's own profile."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import UpdateView

from accounts import invitations, languages
from accounts.forms import AcceptForm, ProfileForm
from accounts.middleware import signed_in
from accounts.models import Invitation, User


@never_cache
@sensitive_post_parameters("new_password1", "new_password2")
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Reading the page changes nothing (mail scanners do it); only sending the form accepts."""
    is_sent = request.method == "POST"
    try:
        invitation = invitations.find(token)
        _speak_language_of(request, invitation)
        form = None
        if invitations.needs_password(invitation.user):
            form = AcceptForm(invitation.user, request.POST if is_sent else None)
        if is_sent and (form is None or form.is_valid()):
            return _accept(request, token, form.cleaned_data["new_password1"] if form else "")
        response = _accept_page(request, invitation, form)
    except invitations.InvitationError as error:
        status = 404 if error.code == "unknown" else 410
        values = {"error": error}
        response = render(request, "accounts/invitation_closed.html", values, status=status)
    # The address holds the token: other sites must not learn it.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _speak_language_of(request: HttpRequest, invitation: Invitation) -> None:
    if not languages.wanted(request):
        translation.activate(invitation.user.language)
        request.LANGUAGE_CODE = invitation.user.language


def _accept_page(
    request: HttpRequest, invitation: Invitation, form: AcceptForm | None
) -> HttpResponse:
    visitor = signed_in(request)
    values = {
        "invitation": invitation,
        "form": form,
        "zone": invitation.user.zone,
        "other_visitor": visitor if visitor != invitation.user else None,
    }
    return render(request, "accounts/invitation_accept.html", values)


def _accept(request: HttpRequest, token: str, password: str) -> HttpResponse:
    user = invitations.accept(token, password)
    if signed_in(request):
        logout(request)
    messages.success(request, _("The invitation is accepted. Sign in as %s.") % user.email)
    return redirect(f"{reverse('account_login')}?language={translation.get_language()}")


class ProfileView(LoginRequiredMixin, UpdateView):
    """Name, language and time zone of whoever is signed in."""

    form_class = ProfileForm
    template_name = "accounts/user_form.html"
    success_url = reverse_lazy("accounts:profile")

    def get_object(self, queryset=None):
        return User.objects.get(pk=self.request.user.pk)

    def post(self, request, *args, **kwargs):
        with transaction.atomic():  # the row stays locked between comparing and saving
            return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        response = super().form_valid(form)
        translation.activate(form.instance.language)
        messages.success(self.request, _("Your profile is saved."))
        # From now on the account's language rules, also where this device had another one.
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return response
