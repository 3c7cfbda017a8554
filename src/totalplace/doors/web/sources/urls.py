"""The addresses of the pages of figures."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from totalplace.doors.web.sources import acting, correcting, downloads, giving, listing, one
from totalplace.doors.web.sources import returns_pages as returns

_RETURN = "returns/<str:form>/<str:agency>/<int:year>/"

urlpatterns = [
    path("", listing.figures, name="figures"),
    path("give/", giving.give, name="give figures"),
    path("<int:number>/", one.submission, name="submission"),
    path("submission/<int:number>/", RedirectView.as_view(pattern_name="submission")),
    path("<int:number>/columns/", correcting.columns, name="columns"),
    path("<int:number>/columns/forget/", correcting.forget_columns, name="forget columns"),
    path("<int:number>/read/", acting.read_again, name="read again"),
    path("<int:number>/add/", acting.add_again, name="add again"),
    path("<int:number>/submit/", acting.submit, name="submit"),
    path("<int:number>/certify/", acting.certify, name="certify"),
    path("<int:number>/send-back/", acting.send_back, name="send back"),
    path("<int:number>/withdraw/", acting.withdraw, name="withdraw"),
    path("<int:number>/faults.<str:form>", downloads.faults, name="faults"),
    path("returns/", returns.every, name="returns"),
    path("returns/ask/", returns.ask, name="ask for a return"),
    path(_RETURN, returns.one, name="return"),
    path(f"{_RETURN}<str:verb>/", returns.act, name="act on a return"),
]
