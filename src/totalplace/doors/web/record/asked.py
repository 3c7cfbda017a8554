"""What of the record is asked for, as it stands in the address of a page."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.http import HttpRequest, QueryDict

from totalplace.doors.web.forms import Day
from totalplace.record import queries
from totalplace.record.rules.wanted import Wanted

PAGE: Final = 50
_PAGE: Final = "page"


class Asked(forms.Form):
    """Who did what, to what and when. What is left empty is not asked."""

    by = forms.CharField(label="Who", required=False, help_text="The code of an officer")
    verb = forms.CharField(label="Did what", required=False, help_text="Such as: signed off")
    kind = forms.ChoiceField(label="Kind of thing", required=False)
    id = forms.CharField(label="Which", required=False, help_text="Its code or number")
    words = forms.CharField(
        label="Words", required=False, help_text="Anywhere in the power or in what is cited"
    )
    first_day = Day(label="From", required=False)
    last_day = Day(label="To", required=False)

    def __init__(self, typed: QueryDict | None = None, **said: Any) -> None:
        super().__init__(typed, **said)
        kinds = [(kind, kind) for kind in queries.kinds()]
        self.fields["kind"].choices = [("", "Any"), *kinds]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted | None:
        """What is wanted; None where it cannot be read. Raises Refused where days are turned."""
        if not self.is_valid():
            return None
        said = self.cleaned_data
        words = {n: said[n].strip() for n in ("by", "verb", "kind", "id", "words")}
        wanted = Wanted(**words, first_day=said["first_day"], last_day=said["last_day"])
        wanted.check()
        return wanted


def page_number(request: HttpRequest) -> int:
    """Which page is asked for, from 1."""
    typed = request.GET.get(_PAGE, "")
    return int(typed) if typed.isdecimal() and 0 < len(typed) < 9 and int(typed) else 1


def query(request: HttpRequest, page: int | None = None) -> str:
    """What is asked, to stand after an address; of a page, or as a whole."""
    kept = QueryDict(mutable=True)
    for name, value in request.GET.items():
        if name != _PAGE and value:
            kept[name] = str(value)
    if page is not None and page > 1:
        kept[_PAGE] = str(page)
    said = kept.urlencode()
    return f"?{said}" if said else ""
