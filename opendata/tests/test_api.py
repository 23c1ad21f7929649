"""The API: what it gives, how it refuses, what it keeps to itself."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "code",
    [
        "members",
        "bodies",
        "events",
        "news",
        "publications",
        "practices",
        "awards",
        "laureates",
        "ratings",
        "rating-results",
    ],
)
def test_smoke(client, code):
    r = client.get(f"/api/v1/{code}")
    print(r.content.decode()[:2000])
    assert r.status_code == 200


def test_pages(client):
    for u in ["/ru/data/", "/en/data/", "/ru/data/api/", "/en/data/api/", "/api/v1/openapi.json"]:
        r = client.get(u)
        assert r.status_code == 200, u
        print(u, len(r.content))
    print(client.get("/api/v1/docs").headers)
    print(client.get("/api/members?as_of=2019-06-01").headers)
    for u in [
        "/api/v1/nope",
        "/api/v1/members?foo=1",
        "/api/v1/members?page=-1&lang=en",
        "/api/v1/members?kind=x",
        "/api/v1/members/99999999999999999999999",
        "/api/v1/members?q=\x00",
        "/api/v1/members?page=7&lang=ru",
    ]:
        r = client.get(u)
        print(r.status_code, r.headers["content-type"], r.content.decode())
    r = client.post("/api/v1/members")
    print(r.status_code, r.content.decode(), r.headers)
    assert 0
