"""Forward pass: NumPy and ONNX Runtime on the same weights, by turns in the same process.

ONNX Runtime gets a graph in its own order of axes, so that it needs no transposition.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.core.model_file import Model, load_model
from digitpad.core.resource_files import bundled_model_path
from tests.bench.measurement import report
from tests.bench.turns import compare, sample_pixels

# Not imported by name: the type checker runs where neither is installed.
onnxruntime = import_module("onnxruntime")
onnx = import_module("onnx")

CALLS = 4000
OPSET = 17
IR_VERSION = 8


def measure() -> dict[str, Any]:
    """Return the microseconds of one call of each."""
    model = load_model(bundled_model_path())
    network = model.network()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        _graph(model), options, providers=["CPUExecutionProvider"]
    )

    def with_onnx(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        (logits,) = session.run(None, {"pixels": pixels.reshape(1, 1, *pixels.shape)})
        return np.asarray(logits[0])

    numpy_us, onnx_us = compare(network.logits, with_onnx, sample_pixels(), CALLS)
    return {"numpy_us": numpy_us, "onnxruntime_us": onnx_us}


def _graph(model: Model) -> bytes:
    """Return the model's layers and weights as an ONNX file."""
    nodes, constants = [], []
    value = "pixels"
    shape = [int(size) for size in model.metadata["input_shape"]]  # rows, columns, channels
    for layer in model.metadata["layers"]:
        name = layer["name"]
        if layer["type"] in ("conv", "dense"):
            kernel, shape = _onnx_kernel(layer, model.weights[f"{name}/kernel"], shape)
            bias = model.weights[f"{name}/bias"]
            constants.append(onnx.numpy_helper.from_array(kernel, f"{name}/kernel"))
            constants.append(onnx.numpy_helper.from_array(bias, f"{name}/bias"))
            inputs = [value, f"{name}/kernel", f"{name}/bias"]
            kind = "Conv" if layer["type"] == "conv" else "Gemm"
            nodes.append(onnx.helper.make_node(kind, inputs, [name]))
        elif layer["type"] == "pool":
            shape = [shape[0] // 2, shape[1] // 2, shape[2]]
            nodes.append(
                onnx.helper.make_node(
                    "MaxPool", [value], [name], kernel_shape=[2, 2], strides=[2, 2]
                )
            )
        else:
            nodes.append(onnx.helper.make_node("Flatten", [value], [name]))
        value = name
        if layer.get("activation") == "relu":
            value = f"{name}/relu"
            nodes.append(onnx.helper.make_node("Relu", [name], [value]))
    rows, columns, channels = model.metadata["input_shape"]
    picture = onnx.helper.make_tensor_value_info(
        "pixels", onnx.TensorProto.FLOAT, [1, channels, rows, columns]
    )
    logits = onnx.helper.make_tensor_value_info(value, onnx.TensorProto.FLOAT, [1, shape[-1]])
    graph = onnx.helper.make_graph(nodes, "digitpad", [picture], [logits], constants)
    opsets = [onnx.helper.make_opsetid("", OPSET)]
    file = onnx.helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)
    return bytes(file.SerializeToString())


def _onnx_kernel(
    layer: Mapping[str, Any], kernel: NDArray[np.float32], shape: list[int]
) -> tuple[NDArray[np.float32], list[int]]:
    """Return a kernel in ONNX's order of axes, and the shape that comes out of its layer.

    `shape` is what goes in: rows, columns and channels, or one number behind a dense layer.
    """
    outputs = kernel.shape[-1]
    if layer["type"] == "conv":
        rows, columns = shape[0] - kernel.shape[0] + 1, shape[1] - kernel.shape[1] + 1
        return np.ascontiguousarray(kernel.transpose(3, 2, 0, 1)), [rows, columns, outputs]
    if len(shape) == 3:  # ONNX flattens channels first.
        by_place = kernel.reshape(*shape, outputs)
        kernel = by_place.transpose(2, 0, 1, 3).reshape(-1, outputs)
    return np.ascontiguousarray(kernel), [outputs]


if __name__ == "__main__":
    report(measure())
