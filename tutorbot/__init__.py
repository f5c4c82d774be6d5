"""TutorBot: answers from the lecture's own words, with the place where they stand."""

import os

# ONNX Runtime (1.29 and later) reports to its maker unless this is set before it is loaded. What students ask stays here.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
