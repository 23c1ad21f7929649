"""Jurors in the admin: invited by e-mail, with the city they never judge; works they were given."""

from django import forms
from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from awards.models import Category
from judging import assigning, conflicts, juries
from judging.models import Assignment, Juror
from judging.refusals import Refused
from judging.stage_admin import CategoriesField
from mailing.models import normalised_address


class JurorForm(forms.ModelForm):
    """A juror; their city is asked for, so that they never meet its works."""

    categories = CategoriesField(
        Category.objects.none(), required=False, label=_("categories"),
        help_text=_("For an assignment by categories. None: all."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        choices=[("ru", _("Russian")), ("en", _("English"))], required=False,
        label=_("languages"), widget=forms.CheckboxSelectMultiple,
        help_text=_("For an assignment by languages. None: all."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("categories"):
            rows = Category.objects.select_related("round").order_by("-round__year", "round")
            field.queryset = rows.filter(round=self.instance.round_id) if self.instance.pk else rows

    def clean(self):
        cleaned = super().clean()
        if "home" in self.fields and not (cleaned.get("home") or cleaned.get("home_text")):
            self.add_error("home", _("Name the city of the juror: they never meet its works."))
        round = cleaned.get("round") or (self.instance.round if self.instance.pk else None)
        if any(one.round_id != getattr(round, "pk", None) for one in cleaned.get("categories", [])):
            self.add_error("categories", _("Choose categories of this round."))
        if round and cleaned.get("is_chair") and self._other_chair(round):
            self.add_error("is_chair", _("The jury has a chair already."))
        return cleaned

    def _other_chair(self, round) -> bool:
        chairs = Juror.objects.active().filter(round=round, is_chair=True)
        return chairs.exclude(pk=self.instance.pk).exists()


class InvitedForm(JurorForm):
    """Somebody new in a jury: who it is, and where the invitation goes."""

    email = forms.EmailField(label=_("e-mail"))
    full_name = forms.CharField(label=_("full name"), max_length=150)
    language = forms.ChoiceField(
        label=_("language of letters"), choices=[("ru", "Русский"), ("en", "English")]
    )

    def clean(self):
        cleaned = super().clean()
        if (email := cleaned.get("email")) and (round := cleaned.get("round")):
            seated = Juror.objects.active().filter(round=round)
            if seated.filter(user__email=normalised_address(email)).exists():
                self.add_error("email", _("This person is in the jury already."))
            known = User.objects.filter(email=normalised_address(email)).first()
            if known is not None and juries.sees_names(known):
                self.add_error("email", juries.SEES_NAMES)
        return cleaned


@admin.register(Juror)
class JurorAdmin(admin.ModelAdmin):
    form = JurorForm
    list_display = ["user", "round", "position", "home", "is_chair", "left_at"]
    list_filter = [("round", admin.RelatedOnlyFieldListFilter), "is_chair"]
    list_select_related = ["user", "round__award", "home"]
    search_fields = ["user__full_name", "user__email", "position"]
    autocomplete_fields = ["round", "home", "conflicts"]
    actions = ["leave"]
    person = ["email", "full_name", "language"]
    seat = [
        "position", "is_chair", "home", "home_text", "conflicts", "languages", "categories",
    ]  # fmt: skip

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs["form"] = InvitedForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        first = ["round", *(self.person if obj is None else ["user", "left_at"])]
        return [(None, {"fields": first}), (_("Seat in the jury"), {"fields": self.seat})]

    def get_readonly_fields(self, request, obj=None):
        return [] if obj is None else ["round", "user", "left_at"]

    def has_delete_permission(self, request, obj=None):
        """A juror leaves; votes and audit stay."""
        return False

    def save_model(self, request, obj, form, change):
        if change:
            conflicts.move(obj, request.user, home=obj.home, home_text=obj.home_text)
            super().save_model(request, obj, form, change)
            return
        told = form.cleaned_data
        person = (told["email"], told["full_name"], told["language"])
        seat = juries.Seat(**{name: told[name] for name in self.seat})
        made = juries.invite(obj.round, *person, seat, request.user)
        obj.__dict__.update(made.__dict__)
        form.instance = obj

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        conflicts.settle(form.instance.round, request.user)

    @admin.action(description=_("Take out of the jury"), permissions=["change"])
    def leave(self, request, queryset):
        """Votes stay and count; works that wait are given to others by the desk."""
        for juror in queryset:
            conflicts.leave(juror, request.user)
        self.message_user(request, _("Their votes stay; assign the other works anew on the desk."))


@admin.register(Assignment)
class AssignmentAdmin(admin.ModelAdmin):
    """Who judges what. Points stand in the table of votes; nobody changes them here."""

    list_display = ["entry", "juror", "stage", "state", "abstained_why", "voted_at"]
    list_filter = ["state", ("stage", admin.RelatedOnlyFieldListFilter),
                   ("juror", admin.RelatedOnlyFieldListFilter)]  # fmt: skip
    list_select_related = ["entry", "juror__user", "stage"]
    search_fields = ["entry__title_ru", "entry__title_en", "juror__user__full_name"]
    fields = ["stage", "juror", "entry", "state", "abstained_why", "comment", "assigned_by",
              "voted_at"]  # fmt: skip
    readonly_fields = fields
    actions = ["take"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        """Works are taken back by the action, which looks whether they are judged."""
        return False

    def has_take_permission(self, request):
        return request.user.has_perm("judging.delete_assignment")

    @admin.action(description=_("Take these works from these jurors"), permissions=["take"])
    def take(self, request, queryset):
        done = 0
        for one in queryset:
            try:
                assigning.take(one, request.user)
                done += 1
            except Refused as refused:
                self.message_user(request, f"{one}: {refused}", messages.ERROR)
        words = ngettext("%(count)d work is taken back.", "%(count)d works are taken back.", done)
        self.message_user(request, words % {"count": done})
