import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0003_known_time_zone"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="country",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("starts_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="members_country_starts_before_end",
                violation_error_message="The last valid day lies before the first one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sizecategory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("starts_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="members_sizecategory_starts_before_end",
                violation_error_message="The last valid day lies before the first one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sizecategory",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            "starts_on",
                            "ends_on",
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            "minimum",
                            "maximum",
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="members_sizecategory_one_for_a_city",
                violation_error_message="Another size category covers some of these numbers of inhabitants on the same days. End that one or change its bounds first.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="sizecategory",
            name="members_sizecategory_bounds",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("maximum__isnull", True), ("maximum__gt", models.F("minimum")), _connector="OR"
                ),
                name="members_sizecategory_bounds",
                violation_error_message="“Below” has to be more than “from”.",
            ),
        ),
    ]
