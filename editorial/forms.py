"""The deeds of the desk as forms: each is filled in, checked and carried out by itself."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.languages import in_language
from content.staff_time import clock_help
from content.translation_state import translated_fields
from editorial import letters, preview_links, publishing, reviews
from editorial.models import PreviewLink, Review, ReviewNote
from editorial.refusals import DECIDED, Refused

LANGUAGE_NAMES = {"ru": _("in Russian"), "en": _("in English")}


class DeskForm(forms.Form):
    """One deed on a record. `do` carries it out; it may raise Refused."""

    title = ""
    button = ""
    done = ""
    # Those who publish may do it; the others are for whoever may change the text.
    for_publishers = False

    def __init__(self, data=None, *, record, user):
        self.record, self.user = record, user
        name = type(self).__name__.lower()
        super().__init__(data, auto_id=f"id_{name}_%s")
        if "version" in self.fields:
            self.fields["version"].initial = record.version

    def do(self) -> None:
        raise NotImplementedError

    def renew(self, record) -> None:
        """Shown once more, it is about the record as it is now."""
        if "version" in self.fields:
            self.data = self.data.copy()
            self.data["version"] = record.version

    def try_to(self) -> bool:
        """Whether it was done; what stands in the way is said in the form."""
        if not self.is_valid():
            return False
        try:
            self.do()
        except Refused as refused:
            self.add_error(None, refused)
            return False
        return True


class Seen(forms.Form):
    """A decision about a text: about the version of it that was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def _words(label, *, required=True, help_text="", rows=3) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=2000, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows, "cols": 60}),
    )  # fmt: skip


class Ask(DeskForm):
    title, button = _("Ask for a review"), _("Ask for a review")
    done = _("Asked. The reviewer gets a letter.")

    reviewer = forms.ModelChoiceField(
        label=pgettext_lazy("of a review", "Whom to ask"), queryset=None, required=False,
        empty_label=_("Whoever may publish"),
    )  # fmt: skip
    text = _words(_("What to look at"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        asked = letters.publishers(self.record).exclude(pk=self.user.pk)
        self.fields["reviewer"].queryset = asked.order_by("full_name", "pk")

    def do(self):
        reviews.ask(self.record, self.user, **self.cleaned_data)


class OnReview(DeskForm):
    """A deed on the review that is open."""

    def review(self) -> Review:
        if found := reviews.open_review(self.record):
            return found
        raise Refused(DECIDED, code="decided")


class Comment(OnReview):
    title, button = _("Comment on the text"), _("Add the comment")
    done = _("The comment is added.")

    text = _words(_("Comment"), rows=2)
    field = forms.ChoiceField(label=_("Which part"), required=False)
    quote = forms.CharField(
        label=_("Passage"), required=False, max_length=300,
        help_text=_("Copy the words that you mean."), widget=forms.TextInput(attrs={"size": 60}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [("", _("The whole")), *parts(self.record)]

    def do(self):
        given = self.cleaned_data
        reviews.comment(
            self.review(), self.user, given["text"], field=given["field"], quote=given["quote"]
        )


class Answer(DeskForm):
    button = _("Answer")
    done = _("The answer is added.")

    note = forms.ModelChoiceField(queryset=ReviewNote.objects.none(), widget=forms.HiddenInput)
    text = _words(_("Your answer"), rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].queryset = notes_of(self.record)

    def do(self):
        note = self.cleaned_data["note"]
        reviews.comment(note.review, self.user, self.cleaned_data["text"], answers_to=note)


class Resolve(DeskForm):
    button = _("Mark as resolved")
    done = _("The comment is resolved.")

    note = forms.ModelChoiceField(queryset=ReviewNote.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].queryset = notes_of(self.record)

    def do(self):
        reviews.resolve(self.cleaned_data["note"], self.user)


class Approve(Seen, OnReview):
    title, button = _("Approve the text"), _("Approve the text")
    done = _("Approved. Who asked gets a letter.")
    for_publishers = True

    text = _words(_("Comment for the letter"), required=False, rows=2)

    def do(self):
        reviews.approve(self.review(), self.user, **self.cleaned_data)


class SendBack(Seen, OnReview):
    title, button = _("Return with comments"), _("Return with comments")
    done = _("Returned. Who asked gets a letter with your comments.")
    for_publishers = True

    text = _words(_("Why it is returned"), help_text=_("It goes into the letter."))

    def do(self):
        reviews.send_back(self.review(), self.user, **self.cleaned_data)


class Publish(Seen, DeskForm):
    """Now or at a moment by the association's clock; what must be confirmed is asked here."""

    title, button = _("Publish"), _("Publish or schedule")
    done = _("Done.")
    for_publishers = True

    when = forms.ChoiceField(
        label=_("When"), initial="now", widget=forms.RadioSelect,
        choices=[("now", _("At once")), ("later", _("At a set time"))],
    )  # fmt: skip
    at = forms.SplitDateTimeField(
        label=_("Day and hour"), required=False,
        widget=forms.SplitDateTimeWidget(
            date_attrs={"type": "date"}, time_attrs={"type": "time"},
            date_format="%Y-%m-%d", time_format="%H:%M",
        ),
        input_date_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["at"].help_text = clock_help()
        day, hour = self.fields["at"].widget.widgets
        day.attrs["aria-label"], hour.attrs["aria-label"] = _("Day"), _("Hour")
        self.questions = publishing.questions(self.record)
        for question in self.questions:
            self.fields[f"confirm_{question.code}"] = forms.BooleanField(
                label=question.text,
                error_messages={"required": _("Confirm it, or put it right first.")},
            )

    def clean(self):
        cleaned = super().clean()
        at = cleaned.get("at")
        if cleaned.get("when") == "later" and "at" in cleaned:
            if at is None:
                self.add_error("at", _("Say the day and the hour."))
            elif at <= timezone.now():
                self.add_error("at", _("This moment is over. Choose a later one, or “at once”."))
        return cleaned

    def do(self):
        given = self.cleaned_data
        self.published = publishing.publish(
            self.record,
            self.user,
            version=given["version"],
            at=given["at"] if given["when"] == "later" else None,
            confirmed={question.code for question in self.questions},
        )


class BackToDraft(Seen, DeskForm):
    title, button = _("Take back the schedule"), _("Make it a draft again")
    done = _("It is a draft again.")
    for_publishers = True

    def do(self):
        publishing.back_to_draft(self.record, self.user, **self.cleaned_data)


class Correct(DeskForm):
    title, button = _("Note a correction"), _("Publish the note")
    done = _("Readers see the note with its date.")
    for_publishers = True

    note_ru = _words(_("What was corrected, in Russian"), required=False, rows=2)
    note_en = _words(_("What was corrected, in English"), required=False, rows=2)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("note_ru") and not cleaned.get("note_en"):
            self.add_error("note_ru", _("Give it in Russian or in English."))
        for name in ("note_ru", "note_en"):
            if len(cleaned.get(name) or "") > 600:
                self.add_error(name, _("No more than 600 characters, please."))
        return cleaned

    def do(self):
        publishing.correct(self.record, self.user, **self.cleaned_data)


class Withdraw(Seen, DeskForm):
    title, button = _("Withdraw from publication"), _("Withdraw from publication")
    done = _("Withdrawn: its address says so, and nothing else.")
    for_publishers = True

    reason = _words(
        _("Why it is withdrawn"), rows=2,
        help_text=_("For colleagues: it goes into the log and the letter, not onto the site."),
    )  # fmt: skip

    def do(self):
        publishing.withdraw(self.record, self.user, **self.cleaned_data)


class MakeLink(DeskForm):
    title, button = _("Preview link"), _("Make a link")
    done = ""

    days = forms.TypedChoiceField(
        label=_("Works for"), coerce=int, initial=7,
        choices=[(1, _("a day")), (7, _("a week")), (30, _("30 days"))],
    )  # fmt: skip
    note = forms.CharField(label=_("For whom"), required=False, max_length=120)

    def do(self):
        self.token = preview_links.make(self.record, self.user, **self.cleaned_data)


class RevokeLink(DeskForm):
    button = _("Revoke the link")
    done = _("The link no longer works.")

    link = forms.ModelChoiceField(queryset=PreviewLink.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["link"].queryset = PreviewLink.objects.about(self.record)

    def do(self):
        preview_links.revoke(self.cleaned_data["link"], self.user)


def notes_of(record):
    """The comments on a record that answers may hang below."""
    return ReviewNote.objects.filter(
        review__in=Review.objects.about(record), answers_to=None
    ).select_related("review")


def parts(record) -> list[tuple[str, str]]:
    """The texts of a record that a comment can be about: column and label."""
    found = []
    for field in translated_fields(record):
        label = record._meta.get_field(field).verbose_name
        for code, language in LANGUAGE_NAMES.items():
            if getattr(record, f"{field}_{code}"):
                found.append((f"{field}_{code}", f"{label}, {language}"))
    return found


def title_of(record) -> tuple[str, str]:
    """The title of a record for the reader, and the language it is in."""
    return in_language(record, record.title_field)


DEEDS: dict[str, type[DeskForm]] = {
    "ask": Ask,
    "comment": Comment,
    "answer": Answer,
    "resolve": Resolve,
    "approve": Approve,
    "return": SendBack,
    "publish": Publish,
    "draft": BackToDraft,
    "correct": Correct,
    "withdraw": Withdraw,
    "link": MakeLink,
    "revoke": RevokeLink,
}
