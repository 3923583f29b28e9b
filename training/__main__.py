"""`python -m training`: fit networks, measure, explain and install them, make and audit data.

Runs commands and prints; the work is done by the modules it calls. Heavy libraries are loaded by
the command that needs them, so that help is instant and the worker process stays small.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace

from training.arguments import MLP_EPOCHS, command_parser
from training.data.datasets import DataError
from training.heap import keep_freed_memory
from training.recipe import Recipe


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit status."""
    options = command_parser(__doc__).parse_args(arguments)
    try:
        return _COMMANDS[options.command](options)
    except (DataError, OSError) as error:
        print(f"training: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"training: stopped{_GOES_ON.get(options.command, '')}", file=sys.stderr)
        return 130


def _train(options: argparse.Namespace) -> int:
    from training.run import train

    scores = train(options.model, options.mnist, options.ink, _recipe(options), options.out)
    if scores is None:
        print("Done; the chief goes on and writes the model.")
        return 0
    print(f"Validation: {json.dumps(scores, indent=2)}")
    print(f"{options.out} holds the model; install it with")
    print(f"    python -m training export {options.out}")
    return 0


def _recipe(options: argparse.Namespace) -> Recipe:
    usual = Recipe(seed=options.seed)
    if options.model != "cnn":
        # What is shown beside the network does without what comes after its fit.
        usual = replace(usual, epochs=MLP_EPOCHS, later=replace(usual.later, epochs=0))
    if options.epochs is None:
        return usual
    later = replace(usual.later, epochs=min(options.epochs, usual.later.epochs))
    return replace(usual, epochs=options.epochs, later=later)


def _evaluate(options: argparse.Namespace) -> int:
    from training.run import evaluate

    scores = evaluate(options.model, options.mnist, options.ink)
    if options.json:
        print(json.dumps(scores))
        return 0
    for name, figures in scores.items():
        print(name)
        for figure, value in figures.items():
            print(f"  {figure.replace('_', ' '):30}{value}")
    return 0


def _report(options: argparse.Namespace) -> int:
    from training.run import report

    page = report(options.model, options.mnist, options.ink, options.out, options.readme)
    print(f"Wrote {page}")
    return 0


def _export(options: argparse.Namespace) -> int:
    from training.run import install

    difference, path = install(options.model, options.mnist, options.out)
    print(f"Largest difference of a probability from Keras' on MNIST test: {difference:.1e}")
    print(f"Wrote {path}")
    return 0


def _compare(options: argparse.Namespace) -> int:
    from training.run import compare

    page = compare(options.mnist, options.ink, options.epochs, options.images, options.out)
    print(f"Wrote {page}")
    return 0


def _look_alikes(options: argparse.Namespace) -> int:
    from training.look_alikes import build

    print(json.dumps(build(options.model, options.mnist, options.out), indent=2))
    print(f"Wrote {options.out}")
    return 0


def _faithfulness(options: argparse.Namespace) -> int:
    from training.run import faithfulness

    print(
        json.dumps(faithfulness(options.model, options.ink, options.count, options.out), indent=2)
    )
    return 0


def _unipen(options: argparse.Namespace) -> int:
    from training.data.unipen import Problem, convert_unipen

    status = 0
    for item in convert_unipen(
        options.folder, options.out, frozenset(options.labels), options.y_down
    ):
        if isinstance(item, Problem):
            print(f"training: {item.text}", file=sys.stderr)
            status = 1
        else:
            print(f"Wrote {item.samples} characters by {item.writers} writers to {options.out}")
    return status


def _audit(options: argparse.Namespace) -> int:
    from training.run import audit

    count = audit(options.ink, options.out, options.sheet)
    print(f"Wrote {count} doubtful drawings to {options.out}")
    return 0


def _cross_validate(options: argparse.Namespace) -> int:
    from training.run import cross_validate

    by_source = options.by == "source"
    figures = cross_validate(options.mnist, options.ink, by_source, options.epochs, options.out)
    print(json.dumps(figures, indent=2))
    return 0


def _numbers(options: argparse.Namespace) -> int:
    from training.composed.number_runs import compose

    digest = compose(options.ink, options.out, options.count, options.seed)
    print(f"Wrote {options.count} numbers to {options.out}")
    print(f"SHA-256 of its lines: {digest}")
    return 0


def _read_numbers(options: argparse.Namespace) -> int:
    from training.composed.number_runs import measure

    print(json.dumps(measure(options.model, options.numbers), indent=2))
    return 0


def _pages(options: argparse.Namespace) -> int:
    from training.composed.page_runs import compose

    digest = compose(
        options.mnist, options.part, options.kind, options.count, options.seed, options.out
    )
    print(f"Wrote {options.count} pages to {options.out}")
    print(f"SHA-256 of them: {digest}")
    return 0


def _read_pages(options: argparse.Namespace) -> int:
    from training.composed.page_runs import measure

    print(json.dumps(measure(options.model, options.pages), indent=2))
    return 0


def _composed(options: argparse.Namespace) -> int:
    from training.composed.report import write_composed_report

    figures = write_composed_report(options.model, options.mnist, options.ink, options.out)
    print(json.dumps(figures, indent=2))
    return 0


def _fit_lines(options: argparse.Namespace) -> int:
    from training.composed.page_runs import fit_lines

    scores = fit_lines(options.model, options.mnist, options.count, options.seed, options.out)
    print(json.dumps(scores, indent=2))
    print(f"Wrote {options.out}")
    return 0


def _segment(options: argparse.Namespace) -> int:
    from training.composed.number_runs import fit_segmentation

    scores = fit_segmentation(options.model, options.ink, options.count, options.seed, options.out)
    print(json.dumps(scores, indent=2))
    print(f"Wrote {options.out}")
    return 0


_COMMANDS = {
    "train": _train,
    "evaluate": _evaluate,
    "report": _report,
    "compare": _compare,
    "export": _export,
    "look-alikes": _look_alikes,
    "faithfulness": _faithfulness,
    "unipen": _unipen,
    "numbers": _numbers,
    "read-numbers": _read_numbers,
    "segment": _segment,
    "pages": _pages,
    "read-pages": _read_pages,
    "composed": _composed,
    "fit-lines": _fit_lines,
    "audit": _audit,
    "cross-validate": _cross_validate,
}
_GOES_ON = {
    "train": "; the same command goes on from the last epoch",
    "cross-validate": "; the same command goes on from the last epoch",
    "compare": "; the same command goes on from the finished trainings",
}
"""What is not lost when a command is stopped; what the others had done is."""

if __name__ == "__main__":
    keep_freed_memory()
    sys.exit(main())
