"""Arguments: what `python -m training` can be told, command by command.

Owns names, defaults and help. Loads nothing that takes time, so that help is instant.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from training.composed.page_kinds import KINDS
from training.recipe import Recipe

MODELS = ("cnn", "mlp", "mlp-equal", "mlp-head", "logistic")
"""What `training.architectures` can build; named here so that help need not load Keras."""
MLP_EPOCHS = 20
"""An MLP gains little from more: the pictures of an epoch take far longer to make than to learn."""
LARGEST_SEED = 2**32 - 1
"""Keras takes none larger."""
UNSEEN_INK = "labelled ink that the model was not trained on"
RESOURCES = Path("resources/model")
SEGMENT_WEIGHTS = Path("digitpad/core/grouping_weights.py")
LINE_WEIGHTS = Path("digitpad/core/page/weights.py")
Adding = Callable[..., argparse.ArgumentParser]
"""Adds a command by its name and `help`; returns its parser."""


def command_parser(description: str | None) -> argparse.ArgumentParser:
    """Return the parser of all commands; what it parses names its own in `command`."""
    parser = argparse.ArgumentParser(prog="python -m training", description=description)
    add_parser = parser.add_subparsers(dest="command", required=True).add_parser
    _add_networks(add_parser)
    _add_explanations(add_parser)
    _add_ink(add_parser)
    _add_composed(add_parser)
    return parser


def _add_networks(add_parser: Adding) -> None:
    """Add what fits networks and measures them."""
    defaults = Recipe()
    train = add_parser("train", help="fit a network; resumes a run that was killed")
    train.add_argument("--model", choices=MODELS, default="cnn", help="architecture")
    _add_data(train, "labelled ink to mix in; labels other than digits teach what is no digit")
    epochs_help = f"default: {defaults.epochs} for the cnn, {MLP_EPOCHS} for the others"
    train.add_argument("--epochs", type=_positive, help=epochs_help)
    train.add_argument("--seed", type=_seed, default=defaults.seed)
    train.add_argument("--out", type=Path, default=Path("out/training"), help="the run's folder")

    evaluate = add_parser("evaluate", help="measure a model on MNIST test and on ink")
    evaluate.add_argument("model", type=Path, help="a model file (.npz) or a run's folder")
    _add_data(evaluate, "labelled ink to measure on, all files as one set")
    evaluate.add_argument("--json", action="store_true", help="print one JSON object")

    report = add_parser("report", help="write numbers, plots and a page on accuracy")
    report.add_argument("model", type=Path, help="a model file (.npz) or a run's folder")
    _add_data(report, "labelled ink to measure on, all files as one set")
    report.add_argument("--out", type=Path, default=Path("docs/accuracy"), help="folder to fill")
    report.add_argument("--readme", type=Path, metavar="FILE", help="renew the summary in it too")

    export = add_parser("export", help="check a run against Keras and install its model")
    export.add_argument("model", type=Path, help="a run's folder, or the model.keras in it")
    _add_mnist(export)
    export.add_argument("--out", type=Path, default=RESOURCES)

    compare = add_parser("compare", help="train and compare every kind of network")
    _add_data(compare, "labelled ink to measure on, all files as one set")
    compare.add_argument("--epochs", type=_positive, help="fewer, for a quick look")
    compare.add_argument("--images", type=_positive, help="training images; fewer, likewise")
    out_help = "folder for comparison.md and comparison/, where finished trainings are kept, too"
    compare.add_argument("--out", type=Path, default=Path("docs"), help=out_help)

    cross = add_parser("cross-validate", help="measure the recipe on writers left out")
    _add_data(cross, "labelled training ink")
    cross.add_argument(
        "--by",
        choices=("writer", "source"),
        default="writer",
        help="what is left out: writers, or all of a laboratory (the part of the name before a /)",
    )
    cross.add_argument("--epochs", type=_positive, help="of each fit, for a quick look")
    cross.add_argument("--out", type=Path, default=Path("out/cross-validation"))


def _add_explanations(add_parser: Adding) -> None:
    """Add what belongs to the explanations of an answer."""
    look_alikes = add_parser("look-alikes", help="choose the training digits to show")
    look_alikes.add_argument("model", type=Path, help="the model file (.npz) that they belong to")
    _add_mnist(look_alikes)
    look_alikes.add_argument("--out", type=Path, default=RESOURCES / "look_alikes.npz")

    faithfulness = add_parser("faithfulness", help="measure the explanations")
    _add_model(faithfulness)
    faithfulness.add_argument("--ink", type=Path, metavar="FILE", required=True, help=UNSEEN_INK)
    faithfulness.add_argument("--count", type=_positive, default=500, help="drawings; default 500")
    docs_help = "folder of understand.md, whose table is renewed"
    faithfulness.add_argument("--out", type=Path, default=Path("docs"), help=docs_help)


def _add_ink(add_parser: Adding) -> None:
    """Add what makes training ink and looks it through."""
    unipen = add_parser("unipen", help="turn a UNIPEN distribution into an ink file")
    unipen.add_argument("folder", type=Path, help="the folder with data and include in it")
    unipen.add_argument("--out", type=Path, required=True, metavar="FILE", help="a .jsonl.gz file")
    unipen.add_argument(
        "--labels", default="0123456789", help="the characters to take; default: the ten digits"
    )
    unipen.add_argument("--y-down", action="store_true", help="y grows downwards in these files")

    audit = add_parser("audit", help="list training ink whose label may be wrong")
    audit.add_argument("--ink", type=Path, metavar="FILE", action="append", required=True)
    audit.add_argument("--out", type=Path, required=True, metavar="FILE", help="a .jsonl file")
    audit.add_argument("--sheet", type=_png, metavar="FILE", help="a .png of the drawings, too")


def _add_composed(add_parser: Adding) -> None:
    """Add what is made of single digits, measured and fitted on."""
    numbers = add_parser("numbers", help="compose numbers of labelled ink, to measure on")
    numbers.add_argument("--ink", type=Path, required=True, metavar="FILE", help="labelled digits")
    numbers.add_argument("--out", type=Path, required=True, metavar="FILE", help="a .jsonl.gz file")
    numbers.add_argument("--count", type=_positive, default=2000)
    numbers.add_argument("--seed", type=_seed, default=1)

    read_numbers = add_parser("read-numbers", help="measure a model on composed numbers")
    _add_model(read_numbers)
    read_numbers.add_argument("numbers", type=Path, help="a file that `numbers` wrote")

    pages = add_parser("pages", help="compose pages of MNIST's digits, to measure on")
    _add_mnist(pages)
    pages.add_argument("--part", choices=("validation", "test"), default="validation")
    pages.add_argument("--kind", choices=KINDS, required=True)
    pages.add_argument("--out", type=Path, required=True, metavar="DIR", help="a folder to fill")
    pages.add_argument("--count", type=_positive, default=1000)
    pages.add_argument("--seed", type=_seed, default=1)

    read_pages = add_parser("read-pages", help="measure a model on composed pages")
    _add_model(read_pages)
    read_pages.add_argument("pages", type=Path, help="a folder that `pages` filled")

    composed = add_parser("composed", help="measure all composed sets; renews docs")
    _add_model(composed)
    _add_mnist(composed)
    composed.add_argument("--ink", type=Path, required=True, metavar="FILE", help=UNSEEN_INK)
    docs_help = "folder of numbers.md and pictures.md, whose tables are renewed"
    composed.add_argument("--out", type=Path, default=Path("docs"), help=docs_help)

    fit_lines = add_parser("fit-lines", help="fit how marks on a page form digits")
    _add_model(fit_lines)
    _add_mnist(fit_lines)
    fit_lines.add_argument("--count", type=_positive, default=120, help="pages of a kind")
    fit_lines.add_argument("--seed", type=_seed, default=21)
    fit_lines.add_argument("--out", type=Path, default=LINE_WEIGHTS, help="the module to renew")

    segment = add_parser("segment", help="fit how strokes are grouped into digits")
    _add_model(segment)
    segment.add_argument(
        "--ink",
        type=Path,
        metavar="FILE",
        action="append",
        required=True,
        help="labelled ink; labels other than digits teach what is no digit",
    )
    segment.add_argument("--count", type=_positive, default=6000, help="numbers to fit on")
    segment.add_argument("--seed", type=_seed, default=1)
    segment.add_argument("--out", type=Path, default=SEGMENT_WEIGHTS, help="the module to renew")


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, help="a model file (.npz)")


def _add_mnist(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mnist", type=Path, metavar="DIR", help="folder of the four IDX files")


def _add_data(parser: argparse.ArgumentParser, ink_help: str) -> None:
    _add_mnist(parser)
    parser.add_argument(
        "--ink", type=Path, metavar="FILE", action="append", default=[], help=ink_help
    )


def _positive(text: str) -> int:
    number = _whole(text)
    if number is None or number < 1:
        raise argparse.ArgumentTypeError("must be a whole number, at least 1")
    return number


def _seed(text: str) -> int:
    number = _whole(text)
    if number is None or not 0 <= number <= LARGEST_SEED:
        raise argparse.ArgumentTypeError(f"must be a whole number from 0 to {LARGEST_SEED}")
    return number


def _png(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() != ".png":
        raise argparse.ArgumentTypeError("must be a .png file")
    return path


def _whole(text: str) -> int | None:
    """Return a number written in the digits 0 to 9 alone; `int` takes more, such as " +1_0"."""
    if not (text.isascii() and text.isdecimal()):
        return None
    try:
        return int(text)
    except ValueError:
        return None
