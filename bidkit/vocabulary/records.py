"""Reading the yaml files of `schemas/`, each held against its JSON Schema under `schemas/json/`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from bidkit.kernel.language import Language
from bidkit.vocabulary.files import data_folder
from bidkit.vocabulary.tables import BrokenVocabulary

_PLAIN = {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool"}
_TRUTH = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Label:
    """One text in both languages."""

    zh: str
    en: str

    def of(self, language: Language) -> str:
        """The text in `language`."""
        return self.zh if language is Language.ZH else self.en


class _Loader(yaml.CSafeLoader):
    """Safe yaml where a repeated key is an error, only true and false are truth values, and dates stay text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _PLAIN]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def _scalar(loader: Any, node: yaml.ScalarNode) -> Any:
    text = loader.construct_scalar(node)
    return _TRUTH.get(text, text) if not node.style else text


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    twice = {str(key) for key in keys if keys.count(key) > 1}
    if twice:
        raise yaml.MarkedYAMLError(problem=f"key {sorted(twice)} stands twice", problem_mark=node.start_mark)
    return dict(zip(keys, (loader.construct_object(value, deep=True) for _, value in node.value), strict=True))


_Loader.add_constructor("tag:yaml.org,2002:str", _scalar)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


@cache
def json_schema(name: str) -> dict[str, Any]:
    """`schemas/json/<name>.schema.json`, itself checked as a schema."""
    schema: dict[str, Any] = json.loads((data_folder("schemas") / "json" / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return schema


def record(path: str, schema: str) -> dict[str, Any]:
    """The content of `schemas/<path>`; raises BrokenVocabulary at the first place that breaks the schema."""
    file = data_folder("schemas") / path
    if not file.is_file():
        raise BrokenVocabulary("there is no such file", where=path, next_step="use a known name or version")
    return checked_record(file.read_text("utf-8"), schema, path)


def checked_record(text: str, schema: str, where: str) -> dict[str, Any]:
    """Yaml `text` as a value that fits `schema`; raises BrokenVocabulary naming `where` and the place inside."""
    try:
        content: dict[str, Any] = yaml.load(text, _Loader)
    except yaml.YAMLError as error:
        raise BrokenVocabulary(f"not readable as yaml ({error})", where=where, next_step="mend the file") from error
    errors = sorted(
        Draft202012Validator(json_schema(schema)).iter_errors(content), key=lambda e: list(map(str, e.path))
    )
    if errors:
        place = "/".join(str(step) for step in errors[0].absolute_path)
        raise BrokenVocabulary(errors[0].message[:300], where=f"{where} at {place}", next_step="mend the file")
    return content


def label_of(row: dict[str, Any]) -> Label:
    """The `zh` and `en` of a row."""
    return Label(row["zh"], row["en"])
