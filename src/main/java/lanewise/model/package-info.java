/**
 * Model files: reads and writes safetensors, exports ONNX and NumPy's npz.
 *
 * <p>{@link lanewise.model.ModelFile} reads and writes a {@link lanewise.model.Model}, which is a
 * network with its metadata ({@link lanewise.model.ModelInfo}); {@link lanewise.model.OnnxFile} and
 * {@link lanewise.model.NpzFile} export one. Files are untrusted: any defect is reported as a
 * {@link lanewise.model.ModelException} with a one-line message, and no size in a header is used
 * for an allocation before it has been checked.
 *
 * <p>This package depends on {@code java.base} alone. It must not know how networks are trained,
 * the command line, or the files of a run other than its model and checkpoints.
 */
package lanewise.model;
