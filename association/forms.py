"""What staff type into the forms of the front page and of the staff directory."""

from babel import Locale
from django import forms
from django.utils.translation import gettext_lazy as _

from association import contacts, home
from association.models import Featured, StaffMember
from content.editing import VersionedFormMixin
from content.languages import reading_order


class FeaturedForm(VersionedFormMixin):
    """A featured record is chosen by the address of its page, as the browser shows it."""

    address = forms.CharField(
        label=_("address of its page"), max_length=500,
        help_text=_("Open the page on the site and copy the address from the browser."),
    )  # fmt: skip

    class Meta:
        model = Featured
        exclude = ["content_type", "object_id"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["address"].required = False
            self.fields["address"].help_text = _("Left empty, the record stays: %s") % (
                self.instance.label
            )

    def clean_address(self):
        """The record behind the address; one that the public cannot see is refused."""
        address = self.cleaned_data["address"]
        if not address:
            return address
        if (entry := home.entry_at(address)) is None:
            raise forms.ValidationError(
                _(
                    "No public record has this address. Copy the address of the page of a news "
                    "item, an event, a city, an award, a publication …"
                )
            )
        taken = Featured.objects.filter(
            content_type=entry.content_type_id, object_id=entry.object_id
        )
        if taken.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("This record is featured already."))
        self.instance.content_type_id = entry.content_type_id
        self.instance.object_id = entry.object_id
        self.instance.label = entry.title
        return address


def _languages() -> list[tuple[str, str]]:
    names = Locale(reading_order()[0]).languages
    return [(code, names.get(code, code)) for code in contacts.ANSWERED]


class StaffMemberForm(VersionedFormMixin):
    """Somebody of the secretariat; languages are ticked."""

    languages = forms.MultipleChoiceField(
        label=_("languages"), choices=_languages, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    class Meta:
        model = StaffMember
        fields = "__all__"
