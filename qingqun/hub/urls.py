"""Addresses: sign-in under accounts/, one per page, found by walking the folder of pages, and what programs use."""

from django.urls import include, path

from qingqun.hub.api import site
from qingqun.hub.listen.door import door
from qingqun.hub.pages import routes

urlpatterns = [*routes(), path("listen/<slug:source>/", door, name="listen"), *site.routes(), path("accounts/", include("allauth.urls"))]
handler404 = "qingqun.hub.pages._errors.not_found"
handler403 = "qingqun.hub.pages._errors.forbidden"
handler500 = "qingqun.hub.pages._errors.failed"
