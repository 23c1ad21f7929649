"""One row per public record and language: what the search reads."""

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, Value, When
from django.db.models.functions import Replace


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
    )


class SearchEntry(models.Model):
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.BigIntegerField()
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    names = models.TextField(blank=True)  # names and aliases in every language and spelling
    url = models.CharField(max_length=300)
    visible_from = models.DateTimeField()
    dated_on = models.DateField(null=True)  # the day the record is about, for the result list
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
            GinIndex(OpClass("title", name="gin_trgm_ops"), name="content_searchentry_trigrams"),
        ]

    def __str__(self):
        return self.title
