"""How good the answers are, and the numbers that make them so: labelled questions, calibration, evaluation."""
