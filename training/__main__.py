"""`python -m training`: train, evaluate, report, compare, export, convert, audit.

Parses arguments and prints; the work is done by the modules it calls. Heavy libraries are loaded
by the command that needs them, so that help is instant and the worker process stays small.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

from training.composed_pages import KINDS
from training.datasets import DataError
from training.heap import keep_freed_memory
from training.recipe import Recipe

MODELS = ("cnn", "mlp", "mlp-equal", "mlp-head", "logistic")
"""What `training.architectures` can build; named here so that help need not load Keras."""
MLP_EPOCHS = 20
"""An MLP gains little from more: the pictures of an epoch take far longer to make than to learn."""
RESOURCES = Path("resources/model")
SEGMENT_WEIGHTS = Path("digitpad/core/segment_weights.py")
LINE_WEIGHTS = Path("digitpad/core/page/weights.py")
"""What `training.composed_pages` can make; named here so that help need not load NumPy."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        return _COMMANDS[options.command](options)
    except (DataError, OSError) as error:
        print(f"training: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("training: stopped; the same command goes on from the last epoch", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    defaults = Recipe()
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    train = commands.add_parser("train", help="fit a network; goes on where a killed run stopped")
    train.add_argument("--model", choices=MODELS, default="cnn", help="architecture")
    _add_data(train, "labelled ink to mix in; labels other than digits teach what is no digit")
    epochs_help = f"default: {defaults.epochs} for the cnn, {MLP_EPOCHS} for the others"
    train.add_argument("--epochs", type=_positive, help=epochs_help)
    train.add_argument("--seed", type=int, default=defaults.seed)
    train.add_argument("--out", type=Path, default=Path("out/training"), help="the run's folder")

    evaluate = commands.add_parser("evaluate", help="measure a model on MNIST test and on ink")
    evaluate.add_argument("model", type=Path, help="a model file (.npz) or a run's folder")
    _add_data(evaluate, "labelled ink to measure on, all files as one set")
    evaluate.add_argument("--json", action="store_true", help="print one JSON object")

    report = commands.add_parser("report", help="write numbers, plots and a page on accuracy")
    report.add_argument("model", type=Path, help="a model file (.npz) or a run's folder")
    _add_data(report, "labelled ink to measure on, all files as one set")
    report.add_argument("--out", type=Path, default=Path("docs/accuracy"), help="folder to fill")
    report.add_argument("--readme", type=Path, metavar="FILE", help="renew the summary in it too")

    export = commands.add_parser("export", help="check a run against Keras and install its model")
    export.add_argument("model", type=Path, help="a run's folder, or the model.keras in it")
    export.add_argument("--mnist", type=Path, metavar="DIR", help="folder of the four IDX files")
    export.add_argument("--out", type=Path, default=RESOURCES)

    compare = commands.add_parser("compare", help="train and compare every kind of network")
    _add_data(compare, "labelled ink to measure on, all files as one set")
    compare.add_argument("--epochs", type=_positive, help="fewer, for a quick look")
    compare.add_argument("--images", type=_positive, help="training images; fewer, likewise")
    out_help = "folder for comparison.md and comparison/, where finished trainings are kept, too"
    compare.add_argument("--out", type=Path, default=Path("docs"), help=out_help)

    look_alikes = commands.add_parser("look-alikes", help="choose the training digits to show")
    look_alikes.add_argument("model", type=Path, help="the model file (.npz) that they belong to")
    look_alikes.add_argument("--mnist", type=Path, metavar="DIR", help="folder of the IDX files")
    look_alikes.add_argument("--out", type=Path, default=RESOURCES / "look_alikes.npz")

    faithfulness = commands.add_parser("faithfulness", help="measure the explanations")
    faithfulness.add_argument("model", type=Path, help="a model file (.npz)")
    ink_help = "labelled ink that the model was not trained on"
    faithfulness.add_argument("--ink", type=Path, metavar="FILE", required=True, help=ink_help)
    faithfulness.add_argument("--count", type=_positive, default=500, help="drawings; default 500")
    docs_help = "folder of understand.md, whose table is renewed"
    faithfulness.add_argument("--out", type=Path, default=Path("docs"), help=docs_help)

    unipen = commands.add_parser("unipen", help="turn a UNIPEN distribution into an ink file")
    unipen.add_argument("folder", type=Path, help="the folder with data and include in it")
    unipen.add_argument("--out", type=Path, required=True, metavar="FILE", help="a .jsonl.gz file")
    unipen.add_argument(
        "--labels", default="0123456789", help="the characters to take; default: the ten digits"
    )
    unipen.add_argument("--y-down", action="store_true", help="y grows downwards in these files")

    audit = commands.add_parser("audit", help="list training ink whose label may be wrong")
    audit.add_argument("--ink", type=Path, metavar="FILE", action="append", required=True)
    audit.add_argument("--out", type=Path, required=True, metavar="FILE", help="a .jsonl file")
    audit.add_argument("--sheet", type=Path, metavar="FILE", help="a .png of the drawings, too")

    cross = commands.add_parser("cross-validate", help="measure the recipe on writers left out")
    _add_data(cross, "labelled training ink")
    cross.add_argument(
        "--by",
        choices=("writer", "source"),
        default="writer",
        help="what is left out: writers, or all of a laboratory (the part of the name before a /)",
    )
    cross.add_argument("--epochs", type=_positive, help="of each fit, for a quick look")
    cross.add_argument("--out", type=Path, default=Path("out/cross-validation"))

    numbers = commands.add_parser("numbers", help="compose numbers of labelled ink, to measure on")
    numbers.add_argument("--ink", type=Path, required=True, metavar="FILE", help="labelled digits")
    numbers.add_argument("--out", type=Path, required=True, metavar="FILE", help="a .jsonl.gz file")
    numbers.add_argument("--count", type=_positive, default=2000)
    numbers.add_argument("--seed", type=int, default=1)

    read_numbers = commands.add_parser("read-numbers", help="measure a model on composed numbers")
    read_numbers.add_argument("model", type=Path, help="a model file (.npz)")
    read_numbers.add_argument("numbers", type=Path, help="a file that `numbers` wrote")

    pages = commands.add_parser("pages", help="compose pages of MNIST's digits, to measure on")
    pages.add_argument("--mnist", type=Path, metavar="DIR", help="folder of the four IDX files")
    pages.add_argument("--part", choices=("validation", "test"), default="validation")
    pages.add_argument("--kind", choices=KINDS, required=True)
    pages.add_argument("--out", type=Path, required=True, metavar="DIR", help="a folder to fill")
    pages.add_argument("--count", type=_positive, default=1000)
    pages.add_argument("--seed", type=int, default=1)

    read_pages = commands.add_parser("read-pages", help="measure a model on composed pages")
    read_pages.add_argument("model", type=Path, help="a model file (.npz)")
    read_pages.add_argument("pages", type=Path, help="a folder that `pages` filled")

    composed = commands.add_parser("composed", help="measure all composed sets; renews docs")
    composed.add_argument("model", type=Path, help="a model file (.npz)")
    composed.add_argument("--mnist", type=Path, metavar="DIR", help="folder of the IDX files")
    composed.add_argument("--ink", type=Path, required=True, metavar="FILE", help=ink_help)
    docs_help = "folder of numbers.md and pictures.md, whose tables are renewed"
    composed.add_argument("--out", type=Path, default=Path("docs"), help=docs_help)

    fit_lines = commands.add_parser("fit-lines", help="fit how marks of a page make digits")
    fit_lines.add_argument("model", type=Path, help="a model file (.npz)")
    fit_lines.add_argument("--mnist", type=Path, metavar="DIR", help="folder of the IDX files")
    fit_lines.add_argument("--count", type=_positive, default=120, help="pages of a kind")
    fit_lines.add_argument("--seed", type=int, default=21)
    fit_lines.add_argument("--out", type=Path, default=LINE_WEIGHTS, help="the module to renew")

    segment = commands.add_parser("segment", help="fit how strokes are grouped into digits")
    segment.add_argument("model", type=Path, help="a model file (.npz)")
    segment.add_argument(
        "--ink",
        type=Path,
        metavar="FILE",
        action="append",
        required=True,
        help="labelled ink; labels other than digits teach what is no digit",
    )
    segment.add_argument("--count", type=_positive, default=6000, help="numbers to fit on")
    segment.add_argument("--seed", type=int, default=1)
    segment.add_argument("--out", type=Path, default=SEGMENT_WEIGHTS, help="the module to renew")
    return parser


def _add_data(parser: argparse.ArgumentParser, ink_help: str) -> None:
    parser.add_argument("--mnist", type=Path, metavar="DIR", help="folder of the four IDX files")
    parser.add_argument(
        "--ink", type=Path, metavar="FILE", action="append", default=[], help=ink_help
    )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


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
    from training.unipen import Problem, convert_unipen

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
    from training.number_runs import compose

    digest = compose(options.ink, options.out, options.count, options.seed)
    print(f"Wrote {options.count} numbers to {options.out}")
    print(f"SHA-256 of its lines: {digest}")
    return 0


def _read_numbers(options: argparse.Namespace) -> int:
    from training.number_runs import measure

    print(json.dumps(measure(options.model, options.numbers), indent=2))
    return 0


def _pages(options: argparse.Namespace) -> int:
    from training.page_runs import compose

    digest = compose(
        options.mnist, options.part, options.kind, options.count, options.seed, options.out
    )
    print(f"Wrote {options.count} pages to {options.out}")
    print(f"SHA-256 of them: {digest}")
    return 0


def _read_pages(options: argparse.Namespace) -> int:
    from training.page_runs import measure

    print(json.dumps(measure(options.model, options.pages), indent=2))
    return 0


def _composed(options: argparse.Namespace) -> int:
    from training.composed_report import write_composed_report

    figures = write_composed_report(options.model, options.mnist, options.ink, options.out)
    print(json.dumps(figures, indent=2))
    return 0


def _fit_lines(options: argparse.Namespace) -> int:
    from training.page_runs import fit_lines

    scores = fit_lines(options.model, options.mnist, options.count, options.seed, options.out)
    print(json.dumps(scores, indent=2))
    print(f"Wrote {options.out}")
    return 0


def _segment(options: argparse.Namespace) -> int:
    from training.number_runs import fit_segmentation

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

if __name__ == "__main__":
    keep_freed_memory()
    sys.exit(main())
