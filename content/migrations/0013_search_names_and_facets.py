import datetime

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.contrib.postgres.search import SearchVector
from django.db import migrations, models
from django.db.models.functions import Coalesce, Replace


def _folded(field):
    text = models.TextField()
    small = Replace(field, models.Value("ё"), models.Value("е"), output_field=text)
    return Replace(small, models.Value("Ё"), models.Value("Е"), output_field=text)


def _vector(config):
    return (
        SearchVector(_folded("title"), weight="A", config=config)
        + SearchVector(_folded("names"), weight="B", config="russian")
        + SearchVector(_folded("text"), weight="C", config=config)
        + SearchVector("keys", weight="D", config="russian")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0012_texts_behind_translations"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=60, unique=True)),
            ],
        ),
        migrations.RemoveIndex(model_name="searchentry", name="content_searchentry_trigrams"),
        migrations.AddField(
            model_name="searchentry",
            name="fresh_on",
            field=models.GeneratedField(
                db_persist=True,
                expression=Coalesce(
                    models.F("dated_on"), models.Value(datetime.date(9999, 12, 31))
                ),
                output_field=models.DateField(),
            ),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="is_superseded",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="keys",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="members",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="title_key",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="topics",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, size=None
            ),
        ),
        # A generated column cannot be changed: it is made anew, with its index.
        migrations.RemoveIndex(model_name="searchentry", name="content_searchentry_vector"),
        migrations.RemoveField(model_name="searchentry", name="vector"),
        migrations.AddField(
            model_name="searchentry",
            name="vector",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(language="ru", then=_vector("russian")),
                    default=_vector("english"),
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["vector"], name="content_searchentry_vector"
            ),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(
                models.OrderBy(models.F("fresh_on"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="content_searchentry_fresh",
            ),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass("title_key", name="varchar_pattern_ops"),
                name="content_searchentry_begins",
            ),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["members"], name="content_searchentry_members"
            ),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["topics"], name="content_searchentry_topics"
            ),
        ),
        migrations.AddIndex(
            model_name="searchword",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("word", name="gin_trgm_ops"),
                name="content_searchword_trigrams",
            ),
        ),
    ]
