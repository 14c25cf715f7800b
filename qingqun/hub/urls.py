"""Addresses: sign-in under accounts/, and one per page, found by walking the folder of pages."""

from django.urls import include, path

from qingqun.hub.pages import routes

urlpatterns = [path("accounts/", include("allauth.urls")), *routes()]
