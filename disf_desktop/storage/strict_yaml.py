"""YAML as a person means it: text stays text, nothing is said twice, nothing hides behind an alias.

Only the plain values of YAML 1.2 are recognised, as editors do: `No`, `on`, `12:30`, `007` and `2026-11-02` are text.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any

import yaml

DEEPEST = 40
"""Nested collections beyond this are no file of ours, and could exhaust the stack."""

try:
    from yaml import CSafeLoader as _SafeLoader
except ImportError:
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]


class YamlProblem(Exception):
    """The text is not such YAML; `line` and `column` count from 1, and are 0 where the parser cannot tell."""

    def __init__(self, message: str, mark: Any = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = mark.line + 1 if mark else 0
        self.column = mark.column + 1 if mark else 0


def parse(text: str) -> Any:
    """Give the value of a YAML (or JSON) text. Raises YamlProblem, whose words never repeat a value of the text."""
    try:
        _refuse_aliases_and_depth(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader of ours
    except yaml.MarkedYAMLError as error:
        # `context` and `problem` speak of tokens; a snippet of the text would be in str(error) only.
        words = ", ".join(part for part in (error.context, error.problem) if part)
        raise YamlProblem(words, error.problem_mark or error.context_mark) from None
    except yaml.YAMLError:
        raise YamlProblem("it holds a character that YAML does not allow") from None
    except (ValueError, OverflowError):
        raise YamlProblem("it holds a number that cannot be read") from None


class OneLine(dict[str, Any]):
    """A mapping that `render` puts on one line, so that a long list of small ones stays readable and diffable."""


def render(value: Any) -> str:
    """Give the YAML text of plain values, members in their order; `parse` gives them back."""
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**6)


class _Loader(_SafeLoader):
    """The safe loader, without the surprises of YAML 1.1 and without repeated members."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own way

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        members: dict[Hashable, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise YamlProblem("a member's name must be plain text", key_node.start_mark)
            key = self.construct_object(key_node)
            if key in members:
                raise YamlProblem("the same member is given twice", key_node.start_mark)
            members[key] = self.construct_object(value_node, deep=True)
        return members

    def construct_whole_mapping(self, node: yaml.MappingNode) -> dict[Hashable, Any]:
        return self.construct_mapping(node, deep=True)


class _Dumper(yaml.SafeDumper):
    """The safe dumper, with lists indented under their member."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        del indentless
        super().increase_indent(flow, False)

    def represent_line(self, value: OneLine) -> yaml.Node:
        return self.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)

    def represent_text(self, text: str) -> yaml.Node:
        # Line ends of any kind would be folded in other styles; between double quotes they are escaped.
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=None if text.isprintable() else '"')


_Dumper.add_representer(OneLine, _Dumper.represent_line)
_Dumper.add_representer(str, _Dumper.represent_text)
_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.construct_whole_mapping)
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"null|Null|NULL|~|", ["n", "N", "~", ""]),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+", "-+.0123456789"),
):
    _expression = re.compile(rf"^(?:{_pattern})$")
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", _expression, list(_first))
    # Text that either version of YAML would read as something else is put between quotes.
    _Dumper.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", _expression, list(_first))


def _refuse_aliases_and_depth(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise YamlProblem("an alias (*) is not understood here; write the value again", event.start_mark)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise YamlProblem("it is nested too deeply", event.start_mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
