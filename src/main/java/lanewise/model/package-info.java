/**
 * Trained networks as files: safetensors to keep them, ONNX and NumPy's npz for other programs.
 *
 * <p>{@link lanewise.model.ModelFile} reads and writes a {@link lanewise.model.Model}, which is a
 * network with its metadata ({@link lanewise.model.ModelInfo}); {@link lanewise.model.OnnxFile} and
 * {@link lanewise.model.NpzFile} export one. Files come from anywhere: whatever is wrong with one
 * is a {@link lanewise.model.ModelException} with a one-line message, and what a file claims
 * allocates nothing before it has been checked.
 *
 * <p>This package depends on {@code java.base} alone. It does not know how networks are trained,
 * what a run's directory holds besides its model and checkpoints, or the command line.
 */
package lanewise.model;
