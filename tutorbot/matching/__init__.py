"""From a question to evidence."""

import logging

logging.getLogger("faiss.loader").setLevel(logging.WARNING)  # it tells at each start which variants it tries
