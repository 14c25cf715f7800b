"""What a web server runs: granian --interface wsgi qingqun.hub.wsgi:application."""

import os

from django.core.wsgi import get_wsgi_application

from qingqun.hub.supervise import follow

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingqun.hub.settings")
application = get_wsgi_application()
follow()
