/** Trained networks as files: safetensors to keep them, ONNX and NumPy's npz for other programs. */
package lanewise.model;
