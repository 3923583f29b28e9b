"""Run: the commands as functions, from files to files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from digitpad.core.model_file import save_model
from digitpad.core.reader import Reader
from training.data.datasets import DataError, load_ink, load_mnist, split_ink, split_pictures
from training.data.doubtful_ink import without_doubtful, without_repeats
from training.evaluation import model_of, read_ink, read_inputs, reader_of
from training.marked_parts import renew, require_marks
from training.material import Material
from training.recipe import Recipe
from training.writing import make_folder, writing


def train(
    name: str, mnist_folder: Path | None, ink_files: Sequence[Path], recipe: Recipe, folder: Path
) -> dict[str, Any] | None:
    """Train, calibrate and write NAME.npz and NAME.keras to `folder`; return validation scores.

    Of several workers (TF_CONFIG) only the chief does what comes after the fit; others return None.
    Raises DataError and OSError.
    """
    # The data: most of it to fit on, the rest to validate on, by writers of its own.
    mnist, mnist_held_out = split_pictures(load_mnist(mnist_folder, "train"))
    ink, clean_ink, ink_held_out = None, None, None
    if ink_files:
        ink, ink_held_out = split_ink(without_repeats(load_ink(ink_files)))
        clean_ink, ink_held_out = without_doubtful(ink), without_doubtful(ink_held_out)

    from training.architectures import FAMILIES
    from training.digit_detector import fit_digit_detector
    from training.distribution import is_chief
    from training.export import round_weights
    from training.finish import describe
    from training.fit import fit
    from training.keras_files import save_keras
    from training.trajectory_fit import fit_trajectory

    # The network that names digits.
    model = fit(name, Material(mnist, ink, recipe), mnist_held_out, folder)
    if not is_chief():
        return None
    if FAMILIES[name].kind != "cnn":
        round_weights(model)  # An MLP ships to be compared with, and is large.

    # What stands beside it, where there is ink of other marks. Torn drawings help to read torn
    # drawings, but would teach the detector that half a 4 is a digit.
    clean = Material(mnist, clean_ink, recipe)
    detector = fit_digit_detector(model, clean)
    trajectory = fit_trajectory(clean) if detector is not None else None

    # Calibration and scores on what was held out, and the files.
    metadata, weights = describe(model, detector, trajectory, mnist_held_out, ink_held_out, recipe)
    path = folder / f"{name}.npz"
    with writing(path):
        save_model(path, metadata, weights)
    save_keras(model, path.with_suffix(".keras"), include_optimizer=False)
    scores: dict[str, Any] = metadata["validation_scores"]
    return scores


def evaluate(
    path: Path, mnist_folder: Path | None, ink_files: Sequence[Path]
) -> dict[str, dict[str, Any]]:
    """Return scores by name of data set: "mnist" (test part) and, if files are given, "ink".

    Raises DataError.
    """
    reader = reader_of(_model_file(path))
    scores = {}
    if mnist_folder is not None or not ink_files:
        scores["mnist"] = read_inputs(reader, load_mnist(mnist_folder, "t10k")).scores()
    if ink_files:
        scores["ink"] = read_ink(reader, load_ink(ink_files)).scores()
    return scores


def report(
    path: Path,
    mnist_folder: Path | None,
    ink_files: Sequence[Path],
    folder: Path,
    readme: Path | None,
) -> Path:
    """Write the accuracy report of a model into `folder`; return its page.

    With `readme`, the summary between that file's marks is renewed. Raises DataError and OSError.
    """
    from training.report.page import summary
    from training.report.run import PAGE_FILE, SUMMARY, write_report

    if readme is not None:
        require_marks(readme, SUMMARY)
    source = _model_file(path)
    reader = reader_of(source)
    ink = load_ink(ink_files)
    mnist = load_mnist(mnist_folder, "t10k")
    names = {"model": source.name, "ink": [file.name for file in ink_files]}
    figures = write_report(reader, mnist, ink, folder, names)
    if readme is not None:
        renew(readme, SUMMARY, summary(figures))
    return folder / PAGE_FILE


def compare(
    mnist_folder: Path | None,
    ink_files: Sequence[Path],
    epochs: int | None,
    images: int | None,
    folder: Path,
) -> Path:
    """Train and compare every family, and write the report into `folder`; return its page.

    `epochs` and `images` replace those of the plan. Raises DataError and OSError.
    """
    mnist, test = (load_mnist(mnist_folder, part) for part in ("train", "t10k"))
    ink = load_ink(ink_files) if ink_files else None

    from training.comparison.plan import Plan
    from training.comparison.run import compare

    plan = Plan()
    plan = replace(plan, epochs=epochs or plan.epochs, images=images or plan.images)
    return compare(mnist, test, ink, plan, folder, [file.name for file in ink_files])


def cross_validate(
    mnist_folder: Path | None,
    ink_files: Sequence[Path],
    by_source: bool,
    epochs: int | None,
    folder: Path,
) -> dict[str, Any]:
    """Return how the recipe reads writers, or whole sources, that it was not fitted on.

    `epochs` replaces all of the plan's; `folder` keeps the fits. Raises DataError and OSError.
    """
    mnist = load_mnist(mnist_folder, "train")
    ink = without_doubtful(without_repeats(load_ink(ink_files)))

    from training.cross_validation import CrossPlan, cross_validate

    plan = replace(CrossPlan(), by_source=by_source)
    if epochs is not None:
        plan = replace(plan, epochs=epochs, later_epochs=epochs, detector_epochs=epochs)
    return cross_validate(mnist, ink, Recipe(), plan, folder)


def install(path: Path, mnist_folder: Path | None, folder: Path) -> tuple[float, Path]:
    """Check a run's model file against its Keras model on MNIST test, then copy both to `folder`.

    Returns the largest difference of a probability and the path written. Nothing is written when
    an answer differs. Raises DataError and OSError.
    """
    source = _model_file(path)
    test = load_mnist(mnist_folder, "t10k")

    from training.export import ParityError, check_parity
    from training.keras_files import load_keras, save_keras

    loaded = model_of(source)
    twin = source.with_suffix(".keras")
    if not twin.exists():
        raise DataError(f"{twin} is missing: train again or keep it beside {source.name}")
    model = load_keras(twin)
    try:
        difference = check_parity(model, source, test.pictures)
    except ParityError as error:
        raise DataError(f"{source}: {error}") from None
    scores = {"mnist_test": read_inputs(Reader(loaded), test).scores()}
    target = folder / source.name
    make_folder(folder)
    with writing(target):
        save_model(target, {**loaded.metadata, "scores": scores}, loaded.weights)
    save_keras(model, target.with_suffix(".keras"), include_optimizer=False)
    return difference, target


def audit(ink_files: Sequence[Path], out: Path, sheet: Path | None) -> int:
    """Write a list, and a sheet if asked, of ink whose label may be wrong; return how many.

    Raises DataError and OSError.
    """
    data = load_ink(ink_files)

    from training.data.audit_sheet import write_sheet
    from training.data.ink_audit import AuditPlan, audit_ink, write_list

    doubts = audit_ink(data, AuditPlan())
    write_list(out, doubts)
    if sheet is not None:
        write_sheet(sheet, data, doubts)
    return len(doubts)


def faithfulness(path: Path, ink_file: Path, count: int, folder: Path) -> dict[str, Any]:
    """Measure the explanations of a model on digits of an ink file, and write what was measured.

    Raises DataError and OSError.
    """
    from training.faithfulness import PAGE, PART, measure, seen_digits, write

    require_marks(folder / PAGE, PART)
    figures = measure(model_of(path), seen_digits(load_ink([ink_file]), count))
    write(figures, folder)
    return figures


def _model_file(path: Path) -> Path:
    """Return the model file meant by a file of a run, or by the run's folder."""
    if path.is_dir():
        found = sorted(path.glob("*.npz"))
        if len(found) != 1:
            raise DataError(f"{path} holds {len(found)} model files (.npz), not one")
        return found[0]
    return path.with_suffix(".npz") if path.suffix == ".keras" else path
