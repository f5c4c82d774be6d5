"""Two other programs' retrieval over the same entries with the same weights, to be timed next to ours; run by `asking.py` in their own
environment (benchmarks/peers.txt).

Reads one JSON object ``{"model": folder, "texts": [one an entry]}``, then one question a line; writes for each ``{"haystack": ms, "txtai": ms}``.
"""

import json
import logging
import os
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
warnings.simplefilter("ignore")
logging.disable(logging.WARNING)

ONNX = {"provider": "CPUExecutionProvider", "file_name": "onnx/model.onnx", "export": False}
BEST = 5


def haystack(model: str, texts: list[str]) -> Callable[[str], object]:
    """An in-memory store with an embedding retriever behind a text embedder, as a pipeline."""
    from haystack import Document, Pipeline  # noqa: PLC0415
    from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever  # noqa: PLC0415
    from haystack.document_stores.in_memory import InMemoryDocumentStore  # noqa: PLC0415
    from haystack_integrations.components.embedders.sentence_transformers import (  # noqa: PLC0415
        SentenceTransformersDocumentEmbedder,
        SentenceTransformersTextEmbedder,
    )

    made: dict[str, Any] = {"model": model, "backend": "onnx", "model_kwargs": ONNX, "progress_bar": False}
    embedder = SentenceTransformersDocumentEmbedder(**made)
    if hasattr(embedder, "warm_up"):
        embedder.warm_up()
    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    store.write_documents(embedder.run([Document(content=text) for text in texts])["documents"])
    pipeline = Pipeline()
    pipeline.add_component("embed", SentenceTransformersTextEmbedder(**made))
    pipeline.add_component("retrieve", InMemoryEmbeddingRetriever(store, top_k=BEST))
    pipeline.connect("embed.embedding", "retrieve.query_embedding")
    return lambda question: pipeline.run({"embed": {"text": question}})


def txtai(model: str, texts: list[str]) -> Callable[[str], object]:
    """An embeddings index."""
    from txtai import Embeddings  # noqa: PLC0415

    index = Embeddings(
        path=model, method="sentence-transformers", vectors={"backend": "onnx", "model_kwargs": ONNX}, gpu=False
    )
    index.index(texts)
    return lambda question: index.search(question, BEST)


def main() -> None:
    """Answer until the input ends."""
    answers, sys.stdout = sys.stdout, sys.stderr  # the libraries may print
    given = json.loads(sys.stdin.readline())
    peers = {name: make(given["model"], given["texts"]) for name, make in (("haystack", haystack), ("txtai", txtai))}
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        question, taken = json.loads(line), {}
        for name, ask in peers.items():
            start = time.perf_counter()
            ask(question)
            taken[name] = (time.perf_counter() - start) * 1000
        print(json.dumps(taken), file=answers, flush=True)


if __name__ == "__main__":
    main()
