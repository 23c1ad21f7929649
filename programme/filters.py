"""What readers narrow a programme by: a day, a hall, a kind."""

import datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programme.cards import Card
from programme.grid import day_title


class ProgrammeFilterForm(forms.Form):
    """Offers what the programme has; what is unknown narrows nothing."""

    day = forms.ChoiceField(label=gettext_lazy("Day"), required=False)
    hall = forms.ChoiceField(label=gettext_lazy("Hall"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)

    def __init__(self, data, cards: list[Card]):
        super().__init__(data)
        self.cards = cards
        days = dict.fromkeys(sorted(card.day for card in cards))
        halls = {card.hall_pk: card for card in cards if card.hall_pk}
        rooms = sorted(halls.values(), key=lambda card: (card.hall_order, card.hall_pk))
        kinds = sorted({card.kind for card in cards})
        self.fields["day"].choices = [("", _("All days")), *map(_day_choice, days)]
        self.fields["hall"].choices = [
            ("", _("All halls")), *((str(card.hall_pk), card.hall.text) for card in rooms)
        ]  # fmt: skip
        self.fields["kind"].choices = [("", _("All kinds")), *((kind, kind) for kind in kinds)]

    @property
    def useful(self) -> list[forms.BoundField]:
        """The fields that offer anything to choose between."""
        return [field for field in self if len(field.field.choices) > 2]

    def narrowed(self) -> list[Card]:
        """The cards that are asked for; what is for everybody stays with every hall."""
        self.is_valid()
        day, hall, kind = (self.cleaned_data.get(name) for name in ("day", "hall", "kind"))
        return [
            card
            for card in self.cards
            if (not day or card.day.isoformat() == day)
            and (not hall or card.hall_pk is None or str(card.hall_pk) == hall)
            and (not kind or card.kind == kind)
        ]


def _day_choice(day: datetime.date) -> tuple[str, str]:
    return day.isoformat(), day_title(day)
