"""Representatives in the cabinet: who acts for the member, invited and ended by the lead."""

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from accounts.invitations import InvitationError
from content import dated
from content.editing import answered, once
from members import mandates, representatives
from members.cabinet import MandateMixin
from members.cabinet_forms import EndForm, InviteForm
from members.models import Representative

MENU = "members:cabinet_people"
# Whoever got into one account writes no letters to hundreds of strangers.
RATES = {"invite": "20/d/user"}


class LeadFormMixin(MandateMixin):
    """A form that only a lead representative may send."""

    menu_name = MENU

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not mandates.may_lead(request.user, self.member):
            raise PermissionDenied(_("Only a lead representative does this."))
        return answered(request.POST.get("form_key", "")) or super().post(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"member": self.member}

    def form_valid(self, form):
        try:
            return once(form.cleaned_data["form_key"], lambda: self.deed(form))
        except ValidationError as error:
            form.add_error(None, error)
        except (InvitationError, PermissionDenied) as error:
            form.add_error(None, getattr(error, "message", str(error)))
        return self.form_invalid(form)

    def address(self) -> str:
        return reverse(MENU, args=[self.member.slug])


class People(LeadFormMixin, FormView):
    """All who act for the member, with roles and days; the lead invites another one."""

    template_name = "members/cabinet_people.html"
    form_class = InviteForm

    def deed(self, form: InviteForm) -> str:
        if not ratelimit.consume(self.request, app="members", action="invite", config=RATES):
            raise ValidationError(_("You have invited many people today. Go on tomorrow."))
        mandate = representatives.invite_representative(
            self.member, by=self.request.user, **form.values()
        )
        text = _("%(person)s represents %(member)s. A letter is on its way.")
        messages.success(self.request, text % {"person": mandate.user, "member": self.member})
        return self.address()

    def get_context_data(self, **kwargs):
        people = self.member.representatives.select_related("user").order_by("role", "pk")
        people = sorted(people, key=lambda one: one.role != Representative.Role.LEAD)
        today = dated.today()
        return super().get_context_data(
            is_lead=mandates.may_lead(self.request.user, self.member),
            people=[one for one in people if not one.ends_on or one.ends_on >= today],
            former=[one for one in people if one.ends_on and one.ends_on < today],
            **kwargs,
        )


class EndMandate(LeadFormMixin, FormView):
    """The last day of somebody else's mandate; one's own ends with a hand-over."""

    template_name = "members/cabinet_end_mandate.html"
    form_class = EndForm

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        self.pk = kwargs["pk"]
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not mandates.may_lead(request.user, self.member):
            raise PermissionDenied(_("Only a lead representative does this."))
        return super().get(request, *args, **kwargs)

    @property
    def mandate(self) -> Representative:
        others = self.member.representatives.exclude(user=self.request.user)
        return get_object_or_404(others.select_related("user", "member"), pk=self.pk)

    def get_initial(self):
        return {"ends_on": self.mandate.ends_on or dated.today()}

    def deed(self, form: EndForm) -> str:
        mandate, last_day = self.mandate, form.cleaned_data["ends_on"]
        is_lead = mandate.role == Representative.Role.LEAD
        if is_lead and mandate.ends_on and last_day > mandate.ends_on:
            raise ValidationError(
                {"ends_on": _("The secretariat prolongs the mandate of a lead representative.")}
            )
        mandate = representatives.end_mandate(mandate, last_day, self.request.user)
        messages.success(self.request, _("The last day is set. %s gets a letter.") % mandate.user)
        return self.address()

    def get_context_data(self, **kwargs):
        return super().get_context_data(mandate=self.mandate, **kwargs)
