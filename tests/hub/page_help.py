"""What the tests of pages say often."""

from django.test import Client

from qingqun.hub.models import Person, User

PASSWORD = "long-enough-82"


def signed_in(person: Person, username: str) -> Client:
    """Give a person an account and return their browser, signed in."""
    person.user = User.objects.create_user(username, password=PASSWORD)
    person.save(update_fields=["user"])
    browser = Client(headers={"host": "localhost"})
    browser.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    return browser
