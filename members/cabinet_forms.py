"""Forms of the cabinet besides the profile: representatives, the hand-over."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from content import dated
from content.editing import OneTimeKeyMixin
from mailing.cleaning import one_line
from members.models import Member, Representative

LANGUAGES = User._meta.get_field("language").choices
DAY_PICKER = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
CHOOSE_AGAIN = _("Browsers send a file once: choose it again.")


class CabinetForm(OneTimeKeyMixin):
    """A form that names its member: opened for one city, it saves nothing into another."""

    for_member = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, member: Member, **kwargs):
        self.member = member
        super().__init__(*args, **kwargs)
        self.fields["for_member"].initial = member.pk

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("for_member") != self.member.pk:
            self.add_error(
                None, _("This form was opened for another member. Nothing was saved; look again.")
            )
        return cleaned

    def values(self) -> dict:
        """What was typed, without the guards."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("form_key", "for_member")
        }


class PersonForm(CabinetForm):
    """Somebody who shall act for the member."""

    email = forms.EmailField(label=_("E-mail"), help_text=_("The person's own address."))
    full_name = forms.CharField(label=_("Name"), max_length=150)
    position = forms.CharField(label=_("Position"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("Language of mails"), choices=LANGUAGES)

    def clean_full_name(self):
        """In one line: a letter greets by it."""
        return one_line(self.cleaned_data["full_name"])


class InviteForm(PersonForm):
    """Whom a lead representative invites; another lead is for the secretariat to entrust."""

    ROLES = [
        (role.value, role.label)
        for role in (Representative.Role.CONTRIBUTOR, Representative.Role.SIGNATORY)
    ]

    role = forms.ChoiceField(label=_("Role"), choices=ROLES)
    ends_on = forms.DateField(
        label=_("Last valid day"), required=False, help_text=_("Empty: until further notice."),
        widget=DAY_PICKER,
    )  # fmt: skip

    def clean_ends_on(self):
        last_day = self.cleaned_data["ends_on"]
        if last_day and last_day < dated.today():
            raise forms.ValidationError(_("This day is over: the mandate would end at once."))
        return last_day


class EndForm(CabinetForm):
    """The last day of somebody else's mandate."""

    ends_on = forms.DateField(label=_("Last valid day"), widget=DAY_PICKER)


class HandoverForm(PersonForm):
    """The successor, and the letter that names them."""

    letter = forms.FileField(
        label=_("Letter of the city"),
        help_text=_("A signed letter that names the successor: PDF, JPEG or PNG, up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )

    def clean(self):
        cleaned = super().clean()
        if self.errors and cleaned.get("letter"):
            self.add_error("letter", CHOOSE_AGAIN)
        return cleaned
