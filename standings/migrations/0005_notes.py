from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("standings", "0004_seal_plan")]

    operations = [
        migrations.RemoveField(model_name="standing", name="note"),
        migrations.AddField(
            model_name="standing", name="note_ru",
            field=models.CharField(blank=True, max_length=300, verbose_name="note in Russian"),
        ),
        migrations.AddField(
            model_name="standing", name="note_en",
            field=models.CharField(blank=True, max_length=300, verbose_name="note in English"),
        ),
    ]  # fmt: skip
