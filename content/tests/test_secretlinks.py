"""The tokens of links that work without an account."""

import re

from content import secretlinks


def test_tokens_differ_and_fit_an_address():
    made = {secretlinks.new_token() for _number in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in made)


def test_hash_is_the_same_for_the_same_token_alone():
    token = "a-token"
    assert secretlinks.hashed(token) == secretlinks.hashed("a-token")
    assert secretlinks.hashed(token) != secretlinks.hashed("a-tokeN")
    assert re.fullmatch(r"[0-9a-f]{64}", secretlinks.hashed(token))
