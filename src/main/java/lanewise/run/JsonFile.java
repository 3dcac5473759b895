package lanewise.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import lanewise.io.AtomicFile;

/** Writes indented JSON files. */
final class JsonFile {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonFile() {}

  /** The content of a file. */
  @FunctionalInterface
  interface Content {
    /** Writes one value. */
    void writeTo(JsonGenerator json) throws IOException;
  }

  /** Writes a file, completely or not at all. */
  static void write(Path file, Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.setPrettyPrinter(
          new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
      content.writeTo(json);
      json.writeRaw('\n');
    }
    AtomicFile.write(file, target -> target.write(ByteBuffer.wrap(bytes.toByteArray())));
  }
}
