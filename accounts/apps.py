from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from allauth.mfa.signals import authenticator_added

        from accounts import factors, workqueue  # noqa: F401 - the second fills the registry

        authenticator_added.connect(factors.after_adding)
