"""The ladder of invitations; an answer is of the kind of its question, held by the database."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

GUARD = """
ALTER TABLE events_question ADD CONSTRAINT events_question_with_kind UNIQUE (id, kind);
ALTER TABLE events_answer
    ADD CONSTRAINT events_answer_kind_of_question
    FOREIGN KEY (question_id, kind) REFERENCES events_question (id, kind);
"""
WITHOUT_GUARD = """
ALTER TABLE events_answer DROP CONSTRAINT events_answer_kind_of_question;
ALTER TABLE events_question DROP CONSTRAINT events_question_with_kind;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0005_issued_documents_stay"),
        ("events", "0004_from_plan_to_certificate"),
    ]

    operations = [
        migrations.CreateModel(
            name="InvitationStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rung",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "the representative who answers"),
                            (2, "all representatives"),
                            (3, "letter to the head of the city"),
                        ],
                        verbose_name="step",
                    ),
                ),
                (
                    "emails",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.EmailField(max_length=254),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="sent to",
                    ),
                ),
                ("posted_on", models.DateField(blank=True, null=True, verbose_name="posted")),
                ("taken_at", models.DateTimeField(auto_now_add=True, verbose_name="taken")),
            ],
            options={
                "verbose_name": "reminder of an invitation",
                "verbose_name_plural": "reminders of invitations",
                "ordering": ["invitation", "rung"],
            },
        ),
        migrations.AddField(
            model_name="answer",
            name="kind",
            field=models.CharField(
                choices=[
                    ("text", "text"),
                    ("choice", "one of several"),
                    ("file", "file"),
                    ("date", "date"),
                    ("yes_no", "yes or no"),
                ],
                default="text",
                editable=False,
                max_length=6,
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("choice", None),
                        ("day", None),
                        ("file", None),
                        ("kind", "text"),
                        ("yes", None),
                    ),
                    models.Q(
                        ("day", None),
                        ("file", None),
                        ("kind", "choice"),
                        ("text", ""),
                        ("yes", None),
                    ),
                    models.Q(
                        ("choice", None),
                        ("file", None),
                        ("kind", "date"),
                        ("text", ""),
                        ("yes", None),
                    ),
                    models.Q(
                        ("choice", None),
                        ("day", None),
                        ("kind", "file"),
                        ("text", ""),
                        ("yes", None),
                    ),
                    models.Q(
                        ("choice", None),
                        ("day", None),
                        ("file", None),
                        ("kind", "yes_no"),
                        ("text", ""),
                    ),
                    _connector="OR",
                ),
                name="events_answer_of_its_kind",
            ),
        ),
        migrations.AddField(
            model_name="invitationstep",
            name="invitation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="steps",
                to="events.invitation",
                verbose_name="invitation",
            ),
        ),
        migrations.AddField(
            model_name="invitationstep",
            name="letter",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="content.privatefile",
                verbose_name="letter on paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitationstep",
            constraint=models.UniqueConstraint(
                fields=("invitation", "rung"), name="events_invitationstep_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitationstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("posted_on__isnull", True), ("letter__isnull", False), _connector="OR"
                ),
                name="events_invitationstep_posted_letter",
            ),
        ),
        migrations.RunSQL(GUARD, WITHOUT_GUARD),
    ]
