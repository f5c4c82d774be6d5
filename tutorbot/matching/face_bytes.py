"""Unit vectors kept in bytes: a quarter of the memory to read, which is what comparing a question with all faces takes longest for."""

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from tutorbot.matching.encoder import Vectors

_MOST = 127  # of a signed byte
_ZERO = 128  # of the question's bytes, which are unsigned: processors multiply those with signed ones at once
_OPSET, _IR = 17, 8


class FaceBytes:
    """Cosines of questions to many vectors, wrong by at most about 0.004. Safe to use from several threads."""

    def __init__(self, vectors: Vectors) -> None:
        """``vectors`` (faces, dimensions) of unit length."""
        scale = np.maximum(np.abs(vectors).max(axis=1, initial=0.0), 1e-12) / _MOST
        self._scale = scale.astype(np.float32)
        held = np.round(vectors / scale[:, None]).astype(np.int8).T
        product = helper.make_node("MatMulInteger", ["questions", "faces", "zero"], ["products"])
        graph = helper.make_graph(
            [product],
            "cosines",
            [helper.make_tensor_value_info("questions", TensorProto.UINT8, ["many", vectors.shape[1]])],
            [helper.make_tensor_value_info("products", TensorProto.INT32, ["many", len(vectors)])],
            [
                numpy_helper.from_array(np.ascontiguousarray(held), "faces"),
                numpy_helper.from_array(np.asarray(_ZERO, np.uint8), "zero"),
            ],
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # waiting for another thread takes longer than the work
        self._session = onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )

    def cosines(self, questions: Vectors) -> NDArray[np.float32]:
        """An array (questions, faces), from ``questions`` (questions, dimensions) of unit length."""
        scale = np.maximum(np.abs(questions).max(axis=1, keepdims=True, initial=0.0), 1e-12) / _MOST
        given = (np.round(questions / scale) + _ZERO).astype(np.uint8)
        products = self._session.run(None, {"questions": given})[0]
        found: NDArray[np.float32] = products.astype(np.float32)
        found *= scale * self._scale
        return found
