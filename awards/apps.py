from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AwardsConfig(AppConfig):
    name = "awards"
    verbose_name = _("Awards and contests")

    def ready(self):
        # Registries: a module for each subject.
        from awards import calls_search  # noqa: F401
