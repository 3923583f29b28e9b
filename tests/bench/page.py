"""Page: the figures as a table between two marks in README. Types no number of its own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def with_table(readme: str, document: Mapping[str, Any], mark: str) -> str:
    """Return README's text with a new table between the marks; raises ValueError without them."""
    begin, end = f"<!-- {mark}:begin -->", f"<!-- {mark}:end -->"
    head, found_begin, rest = readme.partition(begin)
    _, found_end, tail = rest.partition(end)
    if not (found_begin and found_end):
        raise ValueError(f"README has no {begin} ... {end}")
    return f"{head}{begin}\n{table(document)}\n{end}{tail}"


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(part, 0o644)
        os.replace(part, path)
    except BaseException:
        os.unlink(part)
        raise


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
        f"[{document['results']}]({document['results']}).",
    ]
    if "method" in document:
        lines += ["", document["method"]]
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
