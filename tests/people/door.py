"""Coming in: the sign-in form and the links, as a browser without a session uses them."""

from fastapi.testclient import TestClient
from httpx import Response

from tests.browsing import FROM_HERE, heading, soup

CHOSEN = "copper window lantern"


def sign_in(client: TestClient, email: str, password: str, **more: str) -> Response:
    """Send the sign-in form as a browser would, with no cookie of any session before."""
    client.cookies.clear()
    given = {"email": email, "password": password, **more}
    return client.post("/sign-in", data=given, headers=FROM_HERE)


def link_on(answer: Response) -> str:
    """The link that a page shows once."""
    found = soup(answer).select_one("textarea#link")
    assert found is not None, heading(answer)
    return found.get_text(strip=True).removeprefix("http://casefile.test")


def set_password(client: TestClient, link: str, password: str, again: str = "") -> Response:
    given = {"password": password, "again": again or password}
    return client.post(link, data=given, headers=FROM_HERE)
