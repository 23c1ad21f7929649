from django.db import migrations, models

import content.timezones


class Migration(migrations.Migration):
    dependencies = [("members", "0002_member_import")]

    operations = [
        migrations.AlterField(
            model_name="member",
            name="time_zone",
            field=models.CharField(
                default="Europe/Moscow",
                max_length=64,
                validators=[content.timezones.validate_time_zone],
                verbose_name="time zone",
            ),
        ),
    ]
