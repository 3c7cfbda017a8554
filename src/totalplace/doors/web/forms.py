"""From a Django form to the GOV.UK components: each field as its macro wants it, and its errors.

A field's widget decides its component; its `label`, `help_text` (the hint) and errors go with it.
`Day` is a date in three boxes, as the GOV.UK Design System has it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

_WIDTHS: Final = ((4, "govuk-input--width-4"), (10, "govuk-input--width-10"))
_REQUIRED: Final = str(forms.Field.default_error_messages["required"])
_PARTS: Final = (("day", 2), ("month", 2), ("year", 4))


class DayBoxes(forms.MultiWidget):
    """A day, a month and a year in three boxes."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part, _ in _PARTS}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        """A date as what stands in the boxes."""
        return [value.day, value.month, value.year] if isinstance(value, date) else ["", "", ""]


class Day(forms.MultiValueField):
    """A date, typed as a day, a month and a year."""

    widget = DayBoxes

    def __init__(self, **said: Any) -> None:
        boxes = [forms.IntegerField(required=False, localize=False) for _ in _PARTS]
        super().__init__(boxes, require_all_fields=False, **said)

    def clean(self, value: Sequence[Any]) -> date | None:
        """The date, or None where nothing need be said; raises ValidationError for no real date."""
        typed = [str(part or "").strip() for part in (value or [])]
        if not any(typed):
            if self.required:
                raise ValidationError(f"Enter {_lower(self.label)}", code="required")
            return None
        try:
            day, month, year = (int(part) for part in typed)
            return date(year if year > 99 else 0, month, day)
        except ValueError:
            raise ValidationError(
                f"{self.label} must be a real date, such as 27 3 2026", code="invalid"
            ) from None


@pass_context
def fields(context: Context, form: forms.BaseForm) -> Markup:
    """Every field of a form, in turn."""
    return Markup("\n").join(
        Markup(bound) if bound.is_hidden else field(context, bound)  # noqa: S704  (Django escapes)
        for bound in form
    )


@pass_context
def field(context: Context, bound: forms.BoundField, **more: Any) -> Markup:
    """One field as its component; `more` adds to or replaces what the component is given."""
    govuk = context["govuk"]
    component, said = component_of(bound)
    return Markup(getattr(govuk, component)({**said, **more}))  # noqa: S704  (macros escape)


def errors_of(form: forms.BaseForm) -> list[dict[str, str]]:
    """A form's errors for the summary at the top of a page, each leading to its field."""
    listed = [{"text": str(error)} for error in form.non_field_errors()]
    for bound in form:
        listed += [{"text": said, "href": f"#{_first_id(bound)}"} for said in _errors(bound)]
    return listed


def component_of(bound: forms.BoundField) -> tuple[str, dict[str, Any]]:
    """The component of a field, and what it is given."""
    for kind, draw in _DRAWN:
        if isinstance(bound.field.widget, kind):
            return draw(bound)
    return _input(bound)


def _said(bound: forms.BoundField) -> dict[str, Any]:
    """What every component is given."""
    said: dict[str, Any] = {"id": bound.id_for_label or bound.auto_id, "name": bound.html_name}
    if bound.help_text:
        said["hint"] = {"text": bound.help_text}
    if bound.errors:
        said["errorMessage"] = {"text": " ".join(_errors(bound))}
    return said


def _errors(bound: forms.BoundField) -> list[str]:
    """A field's errors; one that only says that something is missing says what."""
    return [_missing(bound) if str(error) == _REQUIRED else str(error) for error in bound.errors]


def _missing(bound: forms.BoundField) -> str:
    field, label = bound.field, _lower(bound.label)
    if isinstance(field, forms.BooleanField):
        return f"Tick the box: {label}"
    if isinstance(field, forms.ChoiceField | forms.MultipleChoiceField | forms.FileField):
        return f"Choose {label}"
    return f"Enter {label}"


def _labelled(bound: forms.BoundField) -> dict[str, Any]:
    widget = bound.field.widget
    optional = "" if bound.field.required else " (optional)"
    label = {"text": f"{bound.label}{optional}", "classes": widget.attrs.get("label", "")}
    return {**_said(bound), "label": label, "value": _typed(bound)}


def _input(bound: forms.BoundField) -> tuple[str, dict[str, Any]]:
    widget, field = bound.field.widget, bound.field
    said = _labelled(bound)
    longest = getattr(field, "max_length", None)
    classes = next((css for chars, css in _WIDTHS if longest and longest <= chars), "")
    said["classes"] = widget.attrs.get("class", classes)
    for name in ("autocomplete", "inputmode", "spellcheck"):
        if name in widget.attrs:
            said[name] = widget.attrs[name]
    if isinstance(field, forms.IntegerField):
        return "input", {**said, "inputmode": "numeric", "spellcheck": False}
    if isinstance(field, forms.EmailField):
        return "input", {**said, "type": "email", "spellcheck": False}
    return "input", said


def _password(bound: forms.BoundField) -> tuple[str, dict[str, Any]]:
    said = _labelled(bound)
    del said["value"]  # a password is never sent back
    autocomplete = bound.field.widget.attrs.get("autocomplete", "current-password")
    return "password_input", {**said, "autocomplete": autocomplete}


def _textarea(bound: forms.BoundField) -> tuple[str, dict[str, Any]]:
    rows = bound.field.widget.attrs.get("rows", 5)
    return "textarea", {**_labelled(bound), "rows": rows}


def _file(bound: forms.BoundField) -> tuple[str, dict[str, Any]]:
    widget = bound.field.widget
    attributes = {
        name: widget.attrs[name] for name in ("accept", "multiple") if name in widget.attrs
    }
    said = _labelled(bound)
    del said["value"]
    return "file_upload", {**said, "attributes": attributes}


def _select(bound: forms.BoundField) -> tuple[str, dict[str, Any]]:
    return "select", {**_labelled(bound), "items": _items(bound, "selected")}


def _radios(bound: forms.BoundField) -> tuple[str, dict[str, Any]]:
    return "radios", _set(bound)


def _checkboxes(bound: forms.BoundField) -> tuple[str, dict[str, Any]]:
    return "checkboxes", _set(bound)


def _set(bound: forms.BoundField) -> dict[str, Any]:
    said = {**_said(bound), "fieldset": _fieldset(bound), "items": _items(bound, "checked")}
    said["idPrefix"] = said.pop("id") or bound.auto_id
    if said["items"]:
        said["items"][0]["id"] = _first_id(bound)
    return said


def _tick(bound: forms.BoundField) -> tuple[str, dict[str, Any]]:
    said = _said(bound)
    hint = said.pop("hint", None)
    item = {"value": "on", "text": bound.label, "checked": bool(_typed(bound)), "hint": hint}
    item["id"] = said.pop("id")
    return "checkboxes", {**said, "idPrefix": item["id"], "items": [item]}


def _day(bound: forms.BoundField) -> tuple[str, dict[str, Any]]:
    typed = bound.value()
    parts = typed if isinstance(typed, list) else bound.field.widget.decompress(typed)
    wrong = " govuk-input--error" if bound.errors else ""
    items = [
        {
            "id": f"{bound.auto_id}_{name}",
            "name": f"{bound.html_name}_{name}",
            "label": name.capitalize(),
            "classes": f"govuk-input--width-{length}{wrong}",
            "value": "" if part is None else str(part),
        }
        for (name, length), part in zip(_PARTS, parts, strict=True)
    ]
    said = {**_said(bound), "id": bound.auto_id, "fieldset": _fieldset(bound), "items": items}
    return "date_input", said


def _fieldset(bound: forms.BoundField) -> dict[str, Any]:
    optional = "" if bound.field.required else " (optional)"
    classes = bound.field.widget.attrs.get("label", "")
    return {"legend": {"text": f"{bound.label}{optional}", "classes": classes}}


def _items(bound: forms.BoundField, mark: str) -> list[dict[str, Any]]:
    typed = _typed(bound)
    chosen = {str(one) for one in (typed if isinstance(typed, list | tuple) else [typed])}
    listed = []
    for value, label in getattr(bound.field, "choices", ()):
        listed.append({"value": str(value), "text": str(label), mark: str(value) in chosen})
    return listed


def _typed(bound: forms.BoundField) -> Any:
    value = bound.value()
    return "" if value is None else value


def _first_id(bound: forms.BoundField) -> str:
    if isinstance(bound.field.widget, DayBoxes):
        return f"{bound.auto_id}_day"
    return str(bound.auto_id)


def _lower(label: Any) -> str:
    """A label within a sentence; one of capitals, or that says "I", stays as it is."""
    text = str(label or "a date")
    return text if text[1:2].isupper() or text[:2] == "I " else text[:1].lower() + text[1:]


Drawn = Callable[[forms.BoundField], tuple[str, dict[str, Any]]]
_DRAWN: Final[Sequence[tuple[type[forms.Widget], Drawn]]] = (
    (DayBoxes, _day),
    (forms.PasswordInput, _password),
    (forms.Textarea, _textarea),
    (forms.CheckboxInput, _tick),
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.Select, _select),
    (forms.FileInput, _file),
)
