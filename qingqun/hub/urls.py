"""Addresses: sign-in under accounts/, and one per page, found by walking the folder of pages."""

from django.urls import include, path

from qingqun.hub.pages import routes

urlpatterns = [*routes(), path("accounts/", include("allauth.urls"))]
handler404 = "qingqun.hub.pages._errors.not_found"
handler403 = "qingqun.hub.pages._errors.forbidden"
handler500 = "qingqun.hub.pages._errors.failed"
