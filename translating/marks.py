"""The mark by which a file says which link, and so which record and language, it belongs to."""

from django.utils.crypto import salted_hmac

from translating.models import TranslationLink

SALT = "translating.mark"
LONGEST_NUMBER = 6  # digits of the number of a paragraph


def mark_of(link: TranslationLink) -> str:
    """A short text such as "news.article/12/en/7-1a2b3c4d5e": the same for every copy of a file."""
    kind = f"{link.content_type.app_label}.{link.content_type.model}"
    words = f"{kind}/{link.object_id}/{link.language}/{link.pk}"
    return f"{words}-{salted_hmac(SALT, words, algorithm='sha256').hexdigest()[:10]}"
