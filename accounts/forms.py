"""What people type about their own account, and staff about the accounts of others."""

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext_lazy as _

from accounts.models import STAFF_ROLES, User
from content import timezones
from content.editing import OneTimeKeyMixin, VersionedFormMixin

ROLE_CHOICES = [(role.value, role.label) for role in STAFF_ROLES]


class AcceptForm(SetPasswordForm):
    """The password of a new account. Who it is for stands in the invitation, not in the form."""

    def __init__(self, user: User, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.fields["new_password1"].label = _("Password")
        self.fields["new_password2"].label = _("Password once more")


class OwnTimeZoneField(forms.ChoiceField):
    """Zones of the region; a zone somebody has from elsewhere stays on offer."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, required=False, choices=self._zones, **kwargs)

    @staticmethod
    def _zones():
        return [("", _("The association's time")), *timezones.choices()]

    def keep(self, name: str) -> None:
        if name and name not in dict(self._zones()):
            self.choices = [*self._zones(), (name, name)]


class ProfileForm(VersionedFormMixin):
    """How a person is named, addressed and told the time."""

    time_zone = OwnTimeZoneField(
        label=_("Time zone"), help_text=_("Deadlines are shown by this clock as well.")
    )

    class Meta:
        model = User
        fields = ["full_name", "language", "time_zone"]
        widgets = {"full_name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["full_name"].required = True
        self.fields["time_zone"].keep(self.instance.time_zone)

    def save(self, commit=True):
        """Only these fields are written: what staff changed meanwhile stays."""
        self.instance.save(update_fields=self.Meta.fields)
        return self.instance


class UserForm(VersionedFormMixin):
    """An account as the secretariat sees it."""

    time_zone = OwnTimeZoneField(label=_("Time zone"))
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        choices=ROLE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A change ends all sessions of this person."),
    )

    class Meta:
        model = User
        fields = ["full_name", "language", "time_zone", "is_active"]
        help_texts = {"is_active": _("Without this tick nobody can sign in. Sessions end at once.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "time_zone" in self.fields:
            self.fields["time_zone"].keep(self.instance.time_zone)
        if "roles" in self.fields:
            names = {group.name for group in self.instance.groups.all()}
            self.initial["roles"] = [code for code, _label in ROLE_CHOICES if code in names]

    def clean_is_active(self):
        is_active = self.cleaned_data["is_active"]
        if is_active and not self.initial["is_active"] and not self.instance.has_usable_password():
            raise forms.ValidationError(
                _("This person has no password yet: send an invitation."), code="no_password"
            )
        return is_active


class InviteForm(OneTimeKeyMixin):
    """Who joins the secretariat, and in which role."""

    email = forms.EmailField(label=_("E-mail"), help_text=_("The person's own address."))
    full_name = forms.CharField(label=_("Full name"), max_length=150)
    language = forms.ChoiceField(
        label=_("Language"), choices=User._meta.get_field("language").choices
    )
    role = forms.ChoiceField(label=_("Role"), choices=ROLE_CHOICES)


class ReaddressForm(forms.Form):
    """To whom an invitation is passed on."""

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The right person's own address. The old link stops working."),
    )
    full_name = forms.CharField(label=_("Full name"), max_length=150)
