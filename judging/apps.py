from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JudgingConfig(AppConfig):
    name = "judging"
    verbose_name = _("Judging")

    def ready(self):
        # Registries: a module for each subject.
        from judging import of_rounds, reminding, screen_registries, workqueue  # noqa: F401
