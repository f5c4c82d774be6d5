"""YAML that is the same bytes for the same data, and reads back the same data."""

import re
from typing import Any

import yaml

_WIDTH = 118
_BREAKS = re.compile("[\r\x85\u2028\u2029]")


class _Dumper(yaml.SafeDumper):
    """The safe dumper; it indents lists below their key, and never writes references to what it wrote above."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """One step in; a list steps in, too."""
        del indentless
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:
        """Always: two equal lists are written twice."""
        del data
        return True


def _represent(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None  # the dumper quotes what a block cannot hold
    if _BREAKS.search(text):  # line ends that readers fold, outside of quotes, into others
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent)


def yaml_text(data: Any) -> str:
    """``data`` (mappings, lists, texts, numbers) as YAML in block style, keys in their order."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=False)
