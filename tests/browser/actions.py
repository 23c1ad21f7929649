"""What people do in the browser, in the words of the tests."""

PASSWORD = "demo-only-password"


def sign_in(page, email: str) -> None:
    """Sign in as one of the demonstration's people and land where they are led."""
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
