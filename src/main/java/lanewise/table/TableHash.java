package lanewise.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import lanewise.io.Sha256;

/** Computes the hash that {@link Table#sha256} defines. */
final class TableHash {
  private final Sha256 hash = new Sha256();
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

  private TableHash() {}

  static String of(Table table) {
    TableHash bytes = new TableHash();
    bytes.add(table.rows());
    bytes.add(table.columns().size());
    table.columns().forEach(column -> bytes.add(column, false));
    if (table.label() != null) {
      bytes.add(table.label(), true);
    }
    bytes.flush();
    return bytes.hash.hex();
  }

  private void add(Table.Cells column, boolean label) {
    add(column.name());
    switch (column) {
      case Table.Numbers numbers -> {
        add((byte) (label ? 'N' : 'n'));
        for (float value : numbers.values()) {
          add(Float.floatToIntBits(value));
        }
      }
      case Table.Texts texts -> {
        add((byte) (label ? 'T' : 't'));
        add(texts.values().size());
        texts.values().forEach(this::add);
        for (int code : texts.codes()) {
          add(code);
        }
      }
    }
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    flush();
    hash.add(bytes);
  }

  private void add(int value) {
    if (buffer.remaining() < Integer.BYTES) {
      flush();
    }
    buffer.putInt(value);
  }

  private void add(byte value) {
    if (!buffer.hasRemaining()) {
      flush();
    }
    buffer.put(value);
  }

  private void flush() {
    hash.add(buffer.flip());
    buffer.clear();
  }
}
