"""Writes every bid template in both languages."""

from __future__ import annotations

from pathlib import Path

import yaml

from training.bid_templates.package import write_package
from training.bid_templates.pages import form_body, volume_body

_HERE = Path(__file__).resolve().parent
_OUT = _HERE.parents[1] / "templates" / "docx"


def main() -> None:
    """Writes `<name>.<language>.docx` for every template of `texts.yaml`."""
    words = yaml.safe_load((_HERE / "texts.yaml").read_text(encoding="utf-8"))
    _OUT.mkdir(parents=True, exist_ok=True)
    for language, texts in words.items():
        for name, template in texts["templates"].items():
            form = template["kind"] == "form"
            body = form_body(template) if form else volume_body(template, texts)
            data = write_package(body, language, texts, furniture=not form, title=template["title"])
            (_OUT / f"{name}.{language}.docx").write_bytes(data)


main()
