"""Experts in the admin: invited by e-mail, with their directions and the city they never check."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from mailing.models import normalised_address
from questionnaires import experts
from questionnaires.models import Expert
from ratings.models import IndicatorGroup


class GroupsField(forms.ModelMultipleChoiceField):
    """Directions, each with its edition, since one list holds those of all."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: IndicatorGroup) -> str:
        return f"{obj} ({obj.edition})"


class ExpertForm(forms.ModelForm):
    """Which directions an expert checks, and the own city that is kept away."""

    groups = GroupsField(
        IndicatorGroup.objects.none(), required=False, label=_("directions"),
        help_text=_("None chosen: all of them."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("groups"):
            rows = IndicatorGroup.objects.select_related("edition").order_by("-edition", "order")
            rows = rows.filter(edition__sealed_at__isnull=True)
            edition = self.instance.edition_id or self.initial.get("edition")
            field.queryset = rows.filter(edition=edition) if edition else rows

    def clean(self):
        cleaned = super().clean()
        edition = cleaned.get("edition") or (self.instance.edition if self.instance.pk else None)
        if any(one.edition_id != getattr(edition, "pk", 0) for one in cleaned.get("groups", [])):
            self.add_error("groups", _("Choose directions of this edition."))
        return cleaned


class InvitedExpertForm(ExpertForm):
    """Somebody new: who it is, and where the invitation goes."""

    email = forms.EmailField(label=_("e-mail"))
    full_name = forms.CharField(label=_("full name"), max_length=150)
    language = forms.ChoiceField(
        label=_("language of letters"), choices=[("ru", "Русский"), ("en", "English")]
    )

    def clean(self):
        cleaned = super().clean()
        if (email := cleaned.get("email")) and (edition := cleaned.get("edition")):
            known = Expert.objects.filter(edition=edition, user__email=normalised_address(email))
            if known.exists():
                self.add_error("email", _("This person checks the edition already."))
        return cleaned


@admin.register(Expert)
class ExpertAdmin(admin.ModelAdmin):
    form = ExpertForm
    list_display = ["user", "edition", "home", "queue"]
    list_filter = [("edition", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user", "edition", "home"]
    search_fields = ["user__full_name", "user__email"]
    autocomplete_fields = ["edition", "home"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs["form"] = InvitedExpertForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        person = ["email", "full_name", "language"] if obj is None else ["user"]
        return [(None, {"fields": ["edition", *person, "home", "groups"]})]

    def get_readonly_fields(self, request, obj=None):
        return [] if obj is None else ["edition", "user"]

    @admin.display(description=_("queue of the check"))
    def queue(self, obj: Expert) -> str:
        url = reverse("questionnaires:queue", args=[obj.edition_id])
        return format_html('<a href="{}">{}</a>', url, _("Open the queue"))

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
            return
        told = form.cleaned_data
        made = experts.invite(
            obj.edition, told["email"], told["full_name"], told["language"], request.user,
            home=told["home"], groups=told["groups"],
        )  # fmt: skip
        obj.__dict__.update(made.__dict__)
        form.instance = obj
