"""Finish: from fitted networks to what a model file holds: weights, calibration, scores."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from digitpad.core.model_file import Model, load_model, save_model
from digitpad.core.reader import Reader
from training.architectures import FAMILIES
from training.calibration import EVEN_ODDS, fit_prior, fit_temperature
from training.data.datasets import InkSet, PictureSet
from training.digit_detector import FEATURES_LAYER, KindNetwork
from training.evaluation import Answers, joined, read_ink, read_inputs
from training.export import layer_list, logits_model, weight_arrays
from training.inputs import Inputs, as_inputs, painted_inputs
from training.recipe import Recipe
from training.witnesses import ALONE, and_rewritten, statements, weigh

LABELS = [str(digit) for digit in range(10)]

CREDITS = {
    "mnist": "MNIST by Y. LeCun, C. Cortes, C. Burges, CC BY-SA 3.0",
    "ink": "UNIPEN train_r01_v07, CC BY 4.0, doi:10.5281/zenodo.1195803",
}


def describe(
    model: keras.Model,
    detector: KindNetwork | None,
    trajectory: KindNetwork | None,
    mnist: PictureSet,
    ink: InkSet | None,
    recipe: Recipe,
) -> tuple[dict[str, Any], dict[str, NDArray[np.float32]]]:
    """Return the metadata and weights of a model file, calibrated on the validation sets given.

    `recipe` is what all of it was fitted by.
    A trajectory network takes part where there are a detector and validation ink to weigh it on.
    """
    metadata: dict[str, Any] = {
        "name": model.name,
        "family": FAMILIES[model.name].kind,
        "input_shape": list(model.input_shape[1:]),
        "layers": layer_list(model),
        "labels": LABELS,
        "parameters": model.count_params(),
        "trained_on": [CREDITS["mnist"]] + ([CREDITS["ink"]] if ink else []),
        "recipe": recipe.as_json(),
    }
    weights = weight_arrays(model)
    if detector is not None:
        metadata["digit_detector"] = {"features": FEATURES_LAYER, **_described(detector)}
        weights |= weight_arrays(detector.model)

    digits = ink.pick(ink.is_digit) if ink else None
    inputs, labels = _calibration_inputs(mnist, digits)
    logits = logits_model(model).predict(inputs, batch_size=1024, verbose=0)
    metadata["calibration"] = {
        "temperature": fit_temperature(logits, labels),
        "unsure_below": EVEN_ODDS,
        "fitted_on": f"{len(labels)} validation digits",
    }
    if detector is not None:
        answers = joined(*_read(metadata, weights, mnist, digits).values())
        prior = fit_prior(answers.probabilities.max(axis=1), answers.confidences)
        weights[f"{detector.model.layers[-1].name}/bias"][: len(LABELS)] += np.float32(prior)
        metadata["digit_detector"]["prior_log_odds"] = prior
        if trajectory is not None and ink is not None and digits:
            _add_trajectory(metadata, weights, trajectory, ink, digits, recipe)
    read = _read(metadata, weights, mnist, ink)
    metadata["validation_scores"] = {name: answers.scores() for name, answers in read.items()}
    return metadata, weights


def _add_trajectory(
    metadata: dict[str, Any],
    weights: dict[str, NDArray[np.float32]],
    trajectory: KindNetwork,
    ink: InkSet,
    digits: InkSet,
    recipe: Recipe,
) -> None:
    """Put a trajectory network beside the others, weighed on validation ink and its digits."""
    # A model needs weights before what each says alone can be asked; any will do.
    alone = {"digits": asdict(ALONE), "is_digit": asdict(ALONE)}
    metadata["trajectory"] = {**_described(trajectory), **alone}
    weights |= weight_arrays(trajectory.model)
    of_digits, is_digit = weigh(statements(_model(metadata, weights), and_rewritten(ink, recipe)))
    metadata["trajectory"] |= {"digits": asdict(of_digits), "is_digit": asdict(is_digit)}
    answers = read_ink(Reader(_model(metadata, weights)), digits)
    prior = fit_prior(answers.probabilities.max(axis=1), answers.confidences)
    metadata["trajectory"]["is_digit"]["bias"] += prior
    metadata["trajectory"]["prior_log_odds"] = prior


def _described(network: KindNetwork) -> dict[str, Any]:
    """Return what a model file says of a network of kinds."""
    return {
        "input_shape": list(network.model.input_shape[1:]),
        "layers": layer_list(network.model),
        "kinds": list(network.kinds),
        "parameters": network.model.count_params(),
    }


def _calibration_inputs(
    mnist: PictureSet, digits: InkSet | None
) -> tuple[Inputs, NDArray[np.uint8]]:
    inputs, labels = [as_inputs(mnist.pictures)], [mnist.labels]
    if digits:
        inputs.append(painted_inputs(digits.inks))
        labels.append(digits.labels)
    return np.concatenate(inputs), np.concatenate(labels)


def _read(
    metadata: Mapping[str, Any],
    weights: Mapping[str, NDArray[np.float32]],
    mnist: PictureSet,
    ink: InkSet | None,
) -> dict[str, Answers]:
    """Return what a model file with this in it answers to the sets, by name."""
    reader = Reader(_model(metadata, weights))
    answers = {"mnist": read_inputs(reader, mnist)}
    if ink:
        answers["ink"] = read_ink(reader, ink)
    return answers


def _model(metadata: Mapping[str, Any], weights: Mapping[str, NDArray[np.float32]]) -> Model:
    """Return the model that a file with this in it holds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trial.npz"
        save_model(path, metadata, weights)
        return load_model(path)
