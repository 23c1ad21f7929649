"""Settings of the tests: the demonstration's code path, fast and offline."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("DEMO", "1")

from uclg_portal.settings import *  # noqa: F403 - the whole point of this module
from uclg_portal.settings import CACHES, DATABASES, STORAGES

DEMO = False
SECOND_FACTOR_REQUIRED = False  # on in the tests that are about it
PURGE_BEFORE_SIGN_IN = False  # the same
SECRET_KEY = "tests-only"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SITE_URL = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="uclg-media-"))
atexit.register(shutil.rmtree, MEDIA_ROOT, ignore_errors=True)
PRIVATE_MEDIA_ROOT = MEDIA_ROOT / "private"
STORAGES = STORAGES | {
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_MEDIA_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Threads of concurrency tests open connections of their own: no pool, closed with the thread.
DATABASES["default"]["OPTIONS"].pop("pool")
# A copy of the migrated database that the cluster of the tests keeps, where there is one.
if _template := os.environ.get("UCLG_TEST_TEMPLATE"):
    DATABASES["default"]["TEST"] = {"TEMPLATE": _template}
WHITENOISE_AUTOREFRESH = True
# A worker of xdist clears its cache between tests; that must not empty another's.
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
CACHES["default"]["LOCATION"] = CACHES["default"]["LOCATION"].replace("db=1", f"db={_worker + 1}")
