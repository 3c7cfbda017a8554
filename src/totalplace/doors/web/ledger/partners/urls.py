"""Addresses of these pages."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, URLResolver, path

from totalplace.doors.web.ledger.partners import acting, looking, reconciling, returning

_RETURN: Final = "<str:book>/returns/<int:year>/<int:quarter>/"
_OWN: Final = "<str:book>/reconciliation/<str:agency>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("<str:book>/partners/", looking.every, name="pool-partners"),
    path("<str:book>/partners/arrange/", acting.arrange, name="pool-arrange"),
    path("<str:book>/partners/<str:agency>/", looking.one, name="pool-partner"),
    path(
        "<str:book>/partners/<str:agency>/<int:year>.<slug:form>",
        looking.partner_statement,
        name="pool-partner-file",
    ),
    path(
        "<str:book>/statements/<int:year>/<slug:name>.<slug:form>",
        looking.statement,
        name="pool-statement",
    ),
    path("<str:book>/year-end/<int:year>/", acting.year_end, name="pool-year-end"),
    path("<str:book>/year-end/<int:year>/run.<slug:form>", acting.run_file, name="pool-run-file"),
    path("<str:book>/year-end/<int:year>/clause/", acting.agree, name="pool-clause"),
    path("<str:book>/year-end/<int:year>/close/", acting.close, name="pool-close"),
    path(_RETURN, returning.one, name="pool-return"),
    path(f"{_RETURN}forecasts/", returning.forecasts, name="pool-forecasts"),
    path(f"{_RETURN}condition/<int:number>/", returning.condition, name="pool-condition"),
    path(f"{_RETURN}return.<slug:form>", returning.taken, name="pool-return-file"),
    path(_OWN, reconciling.every, name="pool-reconciliation"),
    path(f"{_OWN}<int:number>/", reconciling.one, name="pool-differences"),
    path(f"{_OWN}<int:number>/explain/", reconciling.explain, name="pool-explain"),
    path(
        f"{_OWN}<int:number>/differences.<slug:form>",
        reconciling.taken,
        name="pool-differences-file",
    ),
]
