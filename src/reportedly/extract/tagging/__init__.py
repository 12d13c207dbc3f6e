"""Tags source, cue and content in news text with a small encoder that runs on ONNX Runtime."""
