"""The service as a program for a web server: `gunicorn totalplace.doors.web.wsgi`."""

from __future__ import annotations

from totalplace.doors import records

records.start_django(records.SERVICE)
records.ready(records.home_folder())

from django.core.wsgi import get_wsgi_application  # noqa: E402  (after the records are open)

from totalplace.doors.web.front import Front, head_of_record  # noqa: E402

application = Front(get_wsgi_application(), head_of_record)
