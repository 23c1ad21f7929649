"""The form of a method: what each step means, beside it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin_fields import BesideFieldsMixin
from ratings import staying
from ratings.edition_forms import STAYS

HELP = {
    "is_denominated": gettext_lazy(
        "Exports of a large city are larger because it is large. Divided by inhabitants, cities "
        "of any size can be compared. Switched off, every answer counts as it was given."
    ),
    "least_answered": gettext_lazy(
        "From 0 to 1: with 0.6 a city that answered less than 60 % of the scored questions has no "
        "place. Empty: everybody who sent the questionnaire is ranked."
    ),
    "missing": gettext_lazy(
        "Left out is the honest choice: nothing is assumed about a city. A mean or a median fills "
        "the gap with what others do; the worst value makes silence costly."
    ),
    "least_of_group": gettext_lazy(
        "From 0 to 1: with 0.34 a direction of which less than a third was answered has no score "
        "for that city, and its other directions count in proportion."
    ),
    "all_groups_needed": gettext_lazy(
        "Strict: who has no score in one direction is not ranked at all."
    ),
    "outliers": gettext_lazy(
        "One city with a very large number presses all others together at the bottom of the scale. "
        "Winsorising brings such values to the next one, as few as needed."
    ),
    "outliers_most": gettext_lazy("Of one question. With 50 cities the usual bound is five."),
    "skewness_bound": gettext_lazy(
        "How lopsided the answers may be before values are brought in. The usual bound is 2."
    ),
    "kurtosis_bound": gettext_lazy(
        "How heavy the tails may be; both bounds have to be passed. The usual one is 3.5."
    ),
    "normalisation": gettext_lazy(
        "Dollars, people and per cent cannot be added. Min–max keeps the distances between "
        "cities; ranks keep the order alone; goalposts and targets measure against a stated aim "
        "and do not depend on who else takes part."
    ),
    "scale_low": gettext_lazy(
        "0 as a rule; 1 with geometric or harmonic means, which need positive scores. With "
        "z-scores: the mean."
    ),
    "scale_high": gettext_lazy("100 as a rule. With z-scores: the standard deviation."),
    "constant": gettext_lazy(
        "When all cities give the same answer there is no lowest and no highest value."
    ),
    "within_groups": gettext_lazy(
        "The arithmetic mean lets a strong answer make up for a weak one in full, the geometric "
        "one in part, the harmonic one least. Outranking compares cities in pairs, on all levels."
    ),
    "across_groups": gettext_lazy("The same choice for the directions."),
    "equal_weights": gettext_lazy("The weights of groups and indicators are not used."),
    "weights_move": gettext_lazy(
        "Weights are a choice. To show how much hangs on it they are moved at random by up to this "
        "share: 0.25 is a quarter either way."
    ),
    "weight_sets": gettext_lazy("More sets, steadier ranges; a thousand is enough for a page."),
    "seed": gettext_lazy(
        "The same number gives the same draws, so that everybody can compute the ranges again."
    ),
}


class MethodForm(BesideFieldsMixin):
    """Every step with its explanation; a new edition has the usual method."""

    beside = {
        "ratings_method_scale_in_order": "scale_high",
        "ratings_method_copeland_whole": "across_groups",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, words in HELP.items():
            if field := self.fields.get(name):
                field.help_text = words

    def has_changed(self):
        """A new edition gets its method even where nobody touched it."""
        return self.instance.pk is None or super().has_changed()

    def clean(self):
        cleaned = super().clean()
        is_touched = self.instance.pk and self.changed_data
        if is_touched and staying.locked(self.instance.edition).sealed_at:
            raise forms.ValidationError(STAYS)
        if cleaned.get("outliers_most") == 0 and cleaned.get("outliers") == "winsorise":
            self.add_error("outliers_most", _("At least 1, or leave outliers as they are."))
        return cleaned
