from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslatingConfig(AppConfig):
    name = "translating"
    verbose_name = _("Translation desk")

    def ready(self):
        from translating import digest, keeping, workqueue  # noqa: F401 - register themselves
