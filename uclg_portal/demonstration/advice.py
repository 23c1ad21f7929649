"""The library of recommendations of the demonstration's rating."""

from ratings.models import Rating
from standings.models import Advice
from uclg_portal.demonstration import data


def load() -> None:
    """Everything of advice.toml, for the one rating there is; the rating has to be there."""
    rating = Rating.objects.get()
    for order, row in enumerate(data.table("advice.toml")["advice"], 1):
        Advice.objects.create(
            rating=rating, code=row["code"], when=row["when"], order=order,
            **data.texts(row, "text"),
        )  # fmt: skip
