import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("awards", "0002_compared_at")]

    operations = [
        migrations.AddField(
            model_name=name,
            name="updated_at",
            field=models.DateTimeField(auto_now=True, default=django.utils.timezone.now),
            preserve_default=False,
        )
        for name in ("award", "round")
    ]
