"""Page: the figures as a table between two marks in README. Types no number of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

BEGIN = "<!-- bench:begin -->"
END = "<!-- bench:end -->"


def with_table(readme: str, document: Mapping[str, Any]) -> str:
    """Return README's text with a new table between the marks; raises ValueError without them."""
    head, begin, rest = readme.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"README has no {BEGIN} ... {END}")
    return f"{head}{BEGIN}\n{table(document)}\n{END}{tail}"


def table(document: Mapping[str, Any]) -> str:
    """Return the figures as Markdown, and a line on the machine."""
    lines = ["| figure | target | measured | verdict |", "| --- | --- | --- | --- |"]
    for figure in document["figures"]:
        cells = (figure["name"], _target(figure), _measured(figure), _verdict(figure))
        lines.append(f"| {' | '.join(cells)} |")
    machine = document["machine"]
    versions = [f"{name} {version}" for name, version in machine["packages"].items() if version]
    lines += [
        "",
        f"Measured by `{document['command']}` on {machine['cpu']}, {machine['cores']} cores, with "
        f"Python {machine['python']}, {', '.join(versions)}; all of it is in "
        "[docs/bench.json](docs/bench.json).",
    ]
    return "\n".join(lines)


def _target(figure: Mapping[str, Any]) -> str:
    if figure["at_most"] is not None:
        return f"at most {_quantity(figure['at_most'], figure['unit'])}"
    if figure["at_least"] is not None:
        return f"at least {_quantity(figure['at_least'], figure['unit'])}"
    return ""


def _measured(figure: Mapping[str, Any]) -> str:
    value = figure["measured"]
    if value is None:
        return figure["note"] or "not measured"
    digits = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return f"{digits} {figure['unit']}"


def _quantity(bound: float, unit: str) -> str:
    return f"{bound:g} {unit}"


def _verdict(figure: Mapping[str, Any]) -> str:
    return {True: "met", False: "**missed**", None: ""}[figure["met"]]
