"""Forms of stories: what a member sends, what the secretariat answers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from content import dated, pictures
from content.editing import OneTimeKeyMixin
from news import gallery
from news.models import Story
from news.models.stories import MOST_PHOTOS, TEXT_LENGTH, TITLE_LENGTH
from news.stories import NewPhoto

CHOOSE_AGAIN = _("The photo is fine, but browsers send a file once: choose it again.")
ROWS = 4


class StoryForm(OneTimeKeyMixin, forms.ModelForm):
    """A story with up to four new photos; one that was returned says which of its photos go."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    text = forms.CharField(
        label=_("Text"), max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Who met whom, when and where, what was decided, what comes next. An empty "
                    "line begins a new paragraph."),
    )  # fmt: skip
    happened_on = forms.DateField(
        label=_("Day of the visit or event"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave it empty where the story is about no single day."),
    )  # fmt: skip
    rights_confirmed = forms.BooleanField(
        label=_("We have the rights to these photos, and the people in them agree to be shown"),
        required=False,
    )

    class Meta:
        model = Story
        fields = ["title", "language", "text", "happened_on", "rights_confirmed"]
        widgets = {"language": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("ru", _("Russian")), ("en", _("English"))]
        self.present = list(self.instance.photos.all()) if self.instance.pk else []
        for photo in self.present:
            self.fields[f"drop_{photo.pk}"] = forms.BooleanField(
                label=_("Send it without this photo"), required=False
            )
        for number in range(1, ROWS + 1):
            self._add_row(number)

    def _add_row(self, number: int) -> None:
        self.fields[f"photo_{number}"] = forms.FileField(
            label=_("Photo"), required=False,
            help_text=_("JPEG, PNG or WebP, 400 pixels or more on the shorter side, up to 20 MB."),
            widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        )  # fmt: skip
        self.fields[f"alt_{number}"] = forms.CharField(
            label=_("What the photo shows"), max_length=300, required=False,
            help_text=_("For those who do not see it, in the language of the story."),
        )  # fmt: skip
        self.fields[f"credit_{number}"] = forms.CharField(
            label=_("Photographer"), max_length=200, required=False
        )

    def clean_happened_on(self):
        day = self.cleaned_data["happened_on"]
        if day and day > dated.today():
            raise ValidationError(
                _("This day is still to come: send the story when it is over."), code="future"
            )
        return day

    def clean(self):
        cleaned = super().clean()
        for number in range(1, ROWS + 1):
            self._clean_row(number)
        kept = [one for one in self.present if not cleaned.get(f"drop_{one.pk}")]
        count = len(kept) + len(self._good())
        if count > MOST_PHOTOS:
            text = _("A story has up to %(most)d photos; this one would have %(count)d.")
            self.add_error(None, text % {"most": MOST_PHOTOS, "count": count})
        if count and not cleaned.get("rights_confirmed"):
            self.add_error(
                "rights_confirmed", _("Without the rights to them photos cannot be published.")
            )
        if self.errors:
            for number in self._good():
                self.add_error(f"photo_{number}", CHOOSE_AGAIN)
        return cleaned

    def _clean_row(self, number: int) -> None:
        upload = self.cleaned_data.get(f"photo_{number}")
        alt = self.cleaned_data.get(f"alt_{number}", "")
        try:
            if upload:
                self.cleaned_data[f"photo_{number}"] = pictures.accept_upload(upload)
        except ValidationError as error:
            self.add_error(f"photo_{number}", error)
            return
        if upload and not alt:
            self.add_error(f"alt_{number}", _("Say what the photo shows."))
        elif alt and gallery.is_file_name(alt):
            self.add_error(
                f"alt_{number}", _("This is the name of a file. Say what the picture shows.")
            )

    def _good(self) -> list[int]:
        numbers = range(1, ROWS + 1)
        return [one for one in numbers if self.cleaned_data.get(f"photo_{one}")]

    def facts(self) -> dict[str, Any]:
        """What `stories.send` takes besides the photos."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def photos(self) -> list[NewPhoto]:
        """The new photos, judged."""
        data = self.cleaned_data
        return [
            NewPhoto(data[f"photo_{one}"], data[f"alt_{one}"], data[f"credit_{one}"])
            for one in self._good()
        ]

    def dropped(self) -> list[int]:
        """Numbers of the photos that a returned story goes without."""
        return [one.pk for one in self.present if self.cleaned_data[f"drop_{one.pk}"]]

    def rows(self) -> list[tuple]:
        """The fields of every new photo, for the template."""
        numbers = range(1, ROWS + 1)
        return [
            (number, self[f"photo_{number}"], self[f"alt_{number}"], self[f"credit_{number}"])
            for number in numbers
        ]

    def kept_rows(self) -> list[tuple]:
        """Photos that the story has, each with its tick."""
        return [(photo, self[f"drop_{photo.pk}"]) for photo in self.present]


class AnswerForm(forms.Form):
    """What is said to a member whose story is returned or refused."""

    comment = forms.CharField(
        label=_("What the member reads"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
