"""One row per public record and language: what the search reads."""

import datetime

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce, Replace


def _folded(field: str):
    """Letters that readers do not tell apart when they search: ё stands as е."""
    text = models.TextField()
    small = Replace(field, Value("ё"), Value("е"), output_field=text)
    return Replace(small, Value("Ё"), Value("Е"), output_field=text)


def _vector(config: str):
    return (
        SearchVector(_folded("title"), weight="A", config=config)
        + SearchVector(_folded("names"), weight="B", config="russian")
        + SearchVector(_folded("text"), weight="C", config=config)
        + SearchVector("keys", weight="D", config="russian")
    )


class SearchEntry(models.Model):
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.BigIntegerField()
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    names = models.TextField(blank=True)  # names and aliases in every language and spelling
    keys = models.TextField(blank=True)  # content.spelling: forms that all spellings share
    title_key = models.CharField(max_length=300, blank=True)  # the same of the title, in order
    url = models.CharField(max_length=300)
    visible_from = models.DateTimeField()
    dated_on = models.DateField(null=True)  # the day the record is about, for the result list
    is_superseded = models.BooleanField(default=False)
    members = ArrayField(models.BigIntegerField(), default=list)
    topics = ArrayField(models.BigIntegerField(), default=list)
    # What has no date is always current: it is never left out for being old.
    fresh_on = models.GeneratedField(
        expression=Coalesce(F("dated_on"), Value(datetime.date(9999, 12, 31))),
        output_field=models.DateField(),
        db_persist=True,
    )
    vector = models.GeneratedField(
        expression=Case(
            When(language="ru", then=_vector("russian")),
            default=_vector("english"),
            output_field=SearchVectorField(),
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language"], name="content_searchentry_once"
            )
        ]
        indexes = [
            GinIndex(fields=["vector"], name="content_searchentry_vector"),
            models.Index(F("fresh_on").desc(), F("id").desc(), name="content_searchentry_fresh"),
            models.Index(
                OpClass("title_key", name="varchar_pattern_ops"), name="content_searchentry_begins"
            ),
            GinIndex(fields=["members"], name="content_searchentry_members"),
            GinIndex(fields=["topics"], name="content_searchentry_topics"),
        ]

    def __str__(self):
        return self.title


class SearchWord(models.Model):
    """A word of some title, in small letters: what a misspelt word may have meant.

    Words stay when their title goes; before one is offered, the search must find something by it.
    """

    word = models.CharField(max_length=60, unique=True)

    class Meta:
        indexes = [
            GinIndex(OpClass("word", name="gin_trgm_ops"), name="content_searchword_trigrams")
        ]

    def __str__(self):
        return self.word
