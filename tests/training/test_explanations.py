"""Explanations beside Keras, and measured on drawings that the network was not trained on."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from digitpad.core.explain.gradients import GradientNetwork
from digitpad.core.explain.inside import Inside, layer_facts
from digitpad.core.explain.look_alikes import Features, LookAlikes
from digitpad.core.model_file import load_model
from digitpad.core.preprocess import prepare_ink
from digitpad.core.resource_files import bundled_mlp_path, bundled_model_path
from tests.synthetic_ink import digit_ink
from tests.training.samples import digit_pictures, ink_set, write_ink
from training.__main__ import main
from training.data.datasets import load_ink
from training.faithfulness import measure, seen_digits, table

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"


@pytest.mark.parametrize("path", [bundled_model_path(), bundled_mlp_path()], ids=["cnn", "mlp"])
def test_layers_activations_and_gradients_are_those_of_keras(path: Path) -> None:
    # Given both networks, the Keras one with its logits
    twin = keras.models.load_model(path.with_suffix(".keras"))
    twin.layers[-1].activation = keras.activations.linear
    model = load_model(path)
    pictures = digit_pictures(20, seed=30).pictures.astype(np.float32) / np.float32(255.0)
    directions = np.random.default_rng(1).normal(size=(20, 10)).astype(np.float32)

    # When / then: the facts
    facts = layer_facts(model)
    assert [fact.name for fact in facts] == [layer.name for layer in twin.layers]
    assert [fact.output_shape for fact in facts] == [each.output.shape[1:] for each in twin.layers]
    assert [fact.parameters for fact in facts] == [each.count_params() for each in twin.layers]
    assert sum(fact.parameters for fact in facts) == twin.count_params()

    # the activations
    inner = keras.Model(twin.inputs, [layer.output for layer in twin.layers])
    expected = inner(pictures[:1, ..., None])
    for value, by_keras in zip(
        Inside(model).activations(pictures[0]).values(), expected, strict=True
    ):
        np.testing.assert_allclose(value, by_keras[0], atol=1e-5)

    # and the gradients
    x = tf.constant(pictures[..., None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        weighed = tf.reduce_sum(inner(x)[-1] * directions)
    by_keras = tape.gradient(weighed, x).numpy()[..., 0]
    slopes = GradientNetwork(model).run(pictures).slopes(directions)
    # Where a pool has equal inputs, as on paper, either may be chosen: look at the ink.
    ink = pictures > 0.5
    np.testing.assert_allclose(slopes[ink], by_keras[ink], atol=1e-4)


def test_the_command_makes_an_index_for_a_network(
    mnist_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "index.npz"

    status = main(
        ["look-alikes", str(bundled_model_path()), "--mnist", str(mnist_folder), "--out", str(out)]
    )

    assert status == 0
    assert str(out) in capsys.readouterr().out
    model = load_model(bundled_model_path())
    index = LookAlikes.from_file(out, model)
    assert 200 < len(index) <= 300
    nearest = index.nearest(Features(model).of(prepare_ink(digit_ink(2))), 3)
    assert [each.label for each in nearest] == [2, 2, 2]


def test_the_command_says_what_is_wrong_with_its_model(
    mnist_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "index.npz"
    arguments = ["--mnist", str(mnist_folder), "--out", str(out)]
    assert main(["look-alikes", str(tmp_path / "no.npz"), *arguments]) == 1
    assert "is missing" in capsys.readouterr().err
    assert not out.exists()


def test_the_command_measures_the_explanations_and_renews_the_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Given a page with marks, and ink
    write_ink(tmp_path / "ink.jsonl", ink_set([*range(10)] * 2))
    page = tmp_path / "understand.md"
    begin, end = "<!-- faithfulness:begin -->", "<!-- faithfulness:end -->"
    page.write_text(f"before\n{begin}\nold\n{end}\nafter\n")
    arguments = ["--ink", str(tmp_path / "ink.jsonl"), "--count", "12", "--out", str(tmp_path)]

    # When
    assert main(["faithfulness", str(bundled_model_path()), *arguments]) == 0

    # Then
    figures = json.loads((tmp_path / "understand.json").read_text())
    assert json.loads(capsys.readouterr().out) == figures
    assert figures["pictures"] == 12
    text = page.read_text()
    assert text.startswith(f"before\n{begin}\n")
    assert text.endswith(f"{end}\nafter\n")
    assert "old" not in text
    assert f"| covering patches | {figures['drops']['covering patches']:.2f} |" in text


def test_the_page_shows_what_was_measured_last() -> None:
    figures = json.loads((ROOT / "docs" / "understand.json").read_text())
    assert table(figures) in (ROOT / "docs" / "understand.md").read_text()


@pytest.mark.skipif(not DATA.is_dir(), reason="no data beside the project")
def test_on_real_ink_the_strongest_tenth_costs_more_lead_than_a_random_tenth(
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Given
    ink = load_ink([DATA / "ink" / "digits-dev.jsonl.gz"])

    # When
    figures = measure(load_model(bundled_model_path()), seen_digits(ink, 500))

    # Then
    strongest = figures["drops"]["covering patches"]
    random = figures["drops"]["chance, pixel by pixel"]
    with capsys.disabled():
        sys.stdout.write(
            f"\nOf a lead of {figures['lead']:.2f}, the most supportive tenth of the ink takes "
            f"{strongest:.2f}, a random tenth {random:.2f}.\n"
        )
    assert figures["pictures"] == 500
    assert strongest > random + 1.0
    assert strongest > figures["drops"]["chance, in one place"] + 1.0
    assert figures["more_than_random_pixels"] > 0.9
