"""Secrets at rest: one key for each purpose."""

import pytest

from accounts.vault import Unreadable, Vault

PASSPORTS = Vault("tests passports")


def test_what_is_encrypted_opens_again_and_looks_different_each_time():
    first, second = PASSPORTS.encrypt("75 1234567"), PASSPORTS.encrypt("75 1234567")
    assert first != second
    assert [PASSPORTS.decrypt(one) for one in (first, second)] == ["75 1234567"] * 2


def test_token_opens_in_no_other_vault():
    with pytest.raises(Unreadable):
        Vault("tests other").decrypt(PASSPORTS.encrypt("75 1234567"))


def test_token_outlives_a_change_of_the_key_by_a_fallback(settings):
    token = PASSPORTS.encrypt("75 1234567")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert PASSPORTS.decrypt(token) == "75 1234567"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Unreadable):
        PASSPORTS.decrypt(token)


def test_fingerprint_is_the_same_for_the_same_text_under_the_same_key(settings):
    first = PASSPORTS.fingerprint("751234567")
    assert (first == PASSPORTS.fingerprint("751234567"), len(first)) == (True, 64)
    assert first != PASSPORTS.fingerprint("751234568")
    assert first != Vault("tests other").fingerprint("751234567")
    settings.SECRET_KEY = "another"
    assert first != PASSPORTS.fingerprint("751234567")
