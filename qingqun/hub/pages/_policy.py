"""The Content-Security-Policy of every page: django-csp writes it once; where a page adds to it, for that page."""

from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property

HEADER = "Content-Security-Policy"


class Policy(CSPMiddleware):
    """django-csp's middleware, which would write the same again for every answer."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Give the policy of the settings, unless the answer says something of its own."""
        if any(name.startswith("_csp") for name in (*vars(response), *vars(request))):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self._usual)
        return response

    @cached_property
    def _usual(self) -> str:
        return build_policy()
