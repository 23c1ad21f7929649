"""Browsers and systems in words."""

import pytest
from django.utils.translation import override

from uclg_portal.devices import device_words

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36"
APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME}", "Chrome, Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Edg/139.0", "Edge, Windows"),
        (f"Mozilla/5.0 (X11; Linux x86_64) {CHROME} YaBrowser/25.8", "Yandex, Linux"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
         "Firefox, Linux"),
        (f"Mozilla/5.0 (Linux; Android 14) {CHROME}", "Chrome, Android"),
        (f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {APPLE} Safari/604.1",
         "Safari, iPhone"),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) {APPLE} Safari/605.1.15",
         "Safari, macOS"),
        ("curl/8.5", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)  # fmt: skip
def test_device_words_name_browser_and_system(user_agent, words):
    with override("en"):
        assert device_words(user_agent) == words
