from editorial.models.corrections import Correction
from editorial.models.presence import Presence
from editorial.models.previews import PreviewLink
from editorial.models.reviews import Review, ReviewNote

__all__ = ["Correction", "Presence", "PreviewLink", "Review", "ReviewNote"]
