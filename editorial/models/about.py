"""Rows of the desk that belong to a record of any app."""

from collections.abc import Iterable

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class AboutRecordQuerySet(models.QuerySet):
    def about(self, record: models.Model):
        """The rows of one record."""
        kind = ContentType.objects.get_for_model(record)
        return self.filter(content_type=kind, object_id=record.pk)

    def of_model(self, model: type[models.Model]):
        """The rows of all records of a model."""
        return self.filter(content_type=ContentType.objects.get_for_model(model))

    def of_models(self, models_: Iterable[type[models.Model]]):
        """The rows of all records of some models."""
        kinds = ContentType.objects.get_for_models(*models_)
        return self.filter(content_type__in=kinds.values())


class AboutRecord(models.Model):
    """A row about one record."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    record = GenericForeignKey()

    objects = AboutRecordQuerySet.as_manager()

    class Meta:
        abstract = True
