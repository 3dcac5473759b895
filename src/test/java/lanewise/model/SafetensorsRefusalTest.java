package lanewise.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Invalid files are rejected with a message that names the file. */
class SafetensorsRefusalTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("x.safetensors");
  }

  /** A file of a header with single quotes for double ones, and some bytes of data. */
  private void write(String json, int dataBytes) throws IOException {
    write(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), dataBytes);
  }

  private void write(byte[] header, int dataBytes) throws IOException {
    Files.write(
        file,
        ByteBuffer.allocate(8 + header.length + dataBytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header)
            .array());
  }

  private String refusal() {
    String message = assertThrows(ModelException.class, () -> Safetensors.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    assertTrue(message.length() < 400 && message.chars().noneMatch(c -> c < ' '), message);
    return message.substring(file.toString().length() + 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Not an object of objects.
        "[] | 0 | header does not begin with '{'; is it safetensors?",
        "`` | 0 | header does not begin with '{'; is it safetensors?",
        "` {}` | 0 | header does not begin with '{'; is it safetensors?",
        "{ | 0 | header ends in the middle of its JSON",
        "{'a | 0 | header ends in the middle of its JSON",
        "{'a':} | 0 | header is not valid JSON at character 5: expected a value, found '}'",
        "{'__metadata__':{}] | 0 | at character 18: expected ',' or '}', found ']'",
        "{}{} | 0 | header is not valid JSON at character 2: more text after its end",
        "{}x | 0 | header is not valid JSON at character 2: more text after its end",
        "{'a':1} | 0 | header, 'a': expected an object, found a number",
        "{'a':null} | 0 | header, 'a': expected an object, found null",
        "{'a':[]} | 0 | header, 'a': expected an object, found an array",
        "{'a':{}} | 0 | header, 'a': expected dtype, shape and data_offsets",
        "{'a':{'dtype':'F32','shape':[]}} | 0 | header, 'a': expected dtype, shape and",
        "{'a':{'dtype':'F32','data_offsets':[0,0]}} | 0 | header, 'a': expected dtype, shape and",
        "{'a':{'shape':[0],'data_offsets':[0,0]}} | 0 | header, 'a': expected dtype, shape and",
        "{'a':{'x':1}} | 0 | header, 'a': unknown field 'x'",
        "{'__metadata__':[]} | 0 | header, '__metadata__': expected an object, found an array",
        "{'__metadata__':{'k':1}} | 0 | header, 'k': expected a string, found a number",
        "{'__metadata__':{'k':{}}} | 0 | header, 'k': expected a string, found an object",
        // Duplicate names, at each level.
        "{'a':{'dtype':'F32','shape':[0],'data_offsets':[0,0]},"
            + "'a':{'dtype':'F32','shape':[0],'data_offsets':[0,0]}} | 0 |"
            + " at character 54: duplicate name 'a'",
        "{'a':{'dtype':'F32','dtype':'F32'}} | 0 | at character 20: duplicate name 'dtype'",
        "{'__metadata__':{'k':'1','\\u006b':'2'}} | 0 | at character 25: duplicate name 'k'",
        "{'__metadata__':{},'__metadata__':{}} | 0 | duplicate name '__metadata__'",
        // Too deep, too many digits.
        "{'a':{'shape':[[[[[[[[[1]]]]]]]]]}} | 0 | 'a': expected a whole number, found an array",
        "{'a':{'shape':[12345678901234567890]}} | 0 |"
            + " header, 'a': '12345678901234567890' is not a whole number from 0 to 2147483647",
        // Types.
        "{'a':{'dtype':'F16','shape':[2],'data_offsets':[0,4]}} | 4 |"
            + " header, 'a': dtype 'F16', expected F32 (float32)",
        "{'a':{'dtype':'f32','shape':[1],'data_offsets':[0,4]}} | 4 | dtype 'f32', expected F32",
        "{'a':{'dtype':'F64','shape':[1],'data_offsets':[0,8]}} | 8 | dtype 'F64', expected F32",
        "{'a':{'dtype':1}} | 0 | header, 'a': expected a dtype, found a number",
        // Shapes and offsets.
        "{'a':{'shape':{}}} | 0 | header, 'a': expected an array of whole numbers, found an object",
        "{'a':{'shape':['1']}} | 0 | header, 'a': expected a whole number, found a string",
        "{'a':{'shape':[1.0]}} | 0 | header, 'a': '1.0' is not a whole number from 0 to",
        "{'a':{'shape':[1e0]}} | 0 | header, 'a': '1e0' is not a whole number from 0 to",
        "{'a':{'shape':[-1]}} | 0 | header, 'a': '-1' is not a whole number from 0 to 2147483647",
        "{'a':{'shape':[2147483648]}} | 0 | '2147483648' is not a whole number from 0 to 2147483647",
        "{'a':{'shape':[9223372036854775807]}} | 0 | is not a whole number from 0 to 2147483647",
        "{'a':{'shape':[9999999999999999999]}} | 0 | '9999999999999999999' is not a whole number from 0 to",
        "{'a':{'shape':[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}} | 0 |"
            + " header, 'a': an array of more than 32 numbers",
        "{'a':{'data_offsets':[0,0,0]}} | 0 | header, 'a': an array of more than 2 numbers",
        "{'a':{'dtype':'F32','shape':[0],'data_offsets':[0]}} | 0 |"
            + " header, 'a': data_offsets has 1 number, expected 2",
        "{'a':{'data_offsets':[-4,0]}} | 0 | '-4' is not a whole number from 0 to 922337203685",
        // Strings that UTF-8 cannot encode.
        "{'a\\ud800':{}} | 0 | at character 1: a string with an unpaired surrogate",
        "{'__metadata__':{'\\udc00':'x'}} | 0 | at character 17: a string with an unpaired surrogate",
        "{'__metadata__':{'k':'\\ud83d'}} | 0 | at character 21: a string with an unpaired surrogate",
      })
  void headers(String json, int dataBytes, String message) throws IOException {
    write(json, dataBytes);
    String refusal = refusal();
    assertTrue(refusal.contains(message), refusal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0,4 | 1 | 3 | tensor 'a': bytes 0 to 4, but the data is 3 bytes long",
        "0,9223372036854775807 | 1 | 4 | bytes 0 to 9223372036854775807, but the data is 4 bytes",
        "4,0 | 1 | 4 | tensor 'a': bytes 4 to 0, but the data is 4 bytes long",
        "4,8 | 1 | 8 | tensor 'a': begins at byte 4, expected byte 0, without a gap or overlap",
        "0,4 | 1 | 5 | 5 bytes of data, but its tensors end at byte 4",
        "0,4 | 2 | 4 | tensor 'a': 4 bytes, expected a float32 tensor of shape [2]",
        "0,1 | 1 | 1 | tensor 'a': 1 byte, expected a float32 tensor of shape [1]",
        "0,3 | 1 | 3 | tensor 'a': 3 bytes, expected a float32 tensor of shape [1]",
        "0,0 | `` | 0 | tensor 'a': 0 bytes, expected a float32 tensor of shape []",
        "0,4 | 0 | 4 | tensor 'a': 4 bytes, expected a float32 tensor of shape [0]",
        "0,4 | 2147483647,2147483647,2147483647 | 4 | tensor 'a': 4 bytes, expected a float32",
        "0,0 | 2147483647,2147483647,4 | 0 | tensor 'a': 0 bytes, expected a float32",
        "0,4 | 4294967297 | 4 | '4294967297' is not a whole number from 0 to 2147483647",
      },
      quoteCharacter = '`')
  void oneTensor(String offsets, String shape, int dataBytes, String message) throws IOException {
    write(
        "{'a':{'dtype':'F32','shape':[%s],'data_offsets':[%s]}}".formatted(shape, offsets),
        dataBytes);
    String refusal = refusal();
    assertTrue(refusal.contains(message), refusal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0,8 | 4,12 | 12 | tensor 'b': begins at byte 4, expected byte 8, without a gap or overlap",
        "0,8 | 0,8 | 8 | tensor 'b': begins at byte 0, expected byte 8, without a gap or overlap",
        "0,8 | 12,20 | 20 | tensor 'b': begins at byte 12, expected byte 8, without a gap or overlap",
        "12,20 | 0,8 | 20 | tensor 'a': begins at byte 12, expected byte 8, without a gap or overlap",
        "0,8 | 8,16 | 17 | 17 bytes of data, but its tensors end at byte 16",
      })
  void twoTensors(String first, String second, int dataBytes, String message) throws IOException {
    write(
        ("{'a':{'dtype':'F32','shape':[2],'data_offsets':[%s]},"
                + "'b':{'dtype':'F32','shape':[2],'data_offsets':[%s]}}")
            .formatted(first, second),
        dataBytes);
    assertEquals(message, refusal());
  }

  @Test
  void everythingThatTheFormatAllowsIsAccepted() throws IOException {
    write(
        "{'b':{'data_offsets':[0,8],'shape':[1,2],'dtype':'F32'}, '__metadata__' : {} ,\n"
            + "'':{'dtype':'F32','shape':[0,9],'data_offsets':[8,8]},"
            + "'a':{'dtype':'F32','shape':[],'data_offsets':[8,12]}}  \n\t ",
        12);
    Safetensors read = Safetensors.read(file);
    assertEquals(List.of("b", "", "a"), read.tensors().stream().map(Tensor::name).toList());
    assertEquals(Map.of(), read.metadata());
    assertArrayEquals(new float[2], read.tensors().get(0).data());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "`` | 0 bytes, too short for safetensors, expected at least 8",
        "00000000000000 | 7 bytes, too short for safetensors, expected at least 8",
        "0000000000000000 | header does not begin with '{'; is it safetensors?",
        "0100000000000000 | a header of 1 byte, but only 0 bytes follow",
        "03000000000000007b7d | a header of 3 bytes, but only 2 bytes follow",
        "0000000100000000 | a header of 16777216 bytes, but only 0 bytes follow",
        "0100000100000000 | not a safetensors file: it does not begin with the length of a header",
        "ffffffffffffffff | not a safetensors file: it does not begin with the length of a header",
        "0000000000000080 | not a safetensors file: it does not begin with the length of a header",
        "ffffffffffffff7f | not a safetensors file: it does not begin with the length of a header",
        "01000000000000007b | header ends in the middle of its JSON",
        "0200000000000000efbb | header is not UTF-8 text",
        "0300000000000000efbbbf | header does not begin with '{'",
        "04000000000000007b007d00 | header is not valid JSON at character 1: expected a string",
        "08000000000000007b22c0af223a317d | header is not UTF-8 text",
        "09000000000000007b22eda080223a317d | header is not UTF-8 text",
      },
      quoteCharacter = '`')
  void bytes(String hex, String message) throws IOException {
    Files.write(file, HexFormat.of().parseHex(hex));
    String refusal = refusal();
    assertTrue(refusal.startsWith(message), refusal);
  }

  @Test
  void controlCharactersInNamesAreReplaced() throws IOException {
    String name = "\\n\\u001b[2J\\u2028" + "x".repeat(100_000);
    write("{'" + name + "':{'dtype':'" + name + "'}}", 0);
    assertTrue(refusal().startsWith("header, '??[2J?xxxxxxx"), refusal());
    write("{'a':{'" + name + "':1}}", 0);
    assertTrue(refusal().startsWith("header, 'a': unknown field '??[2J?xxxx"), refusal());
    write("{'" + name + "':{},'" + name + "':{}}", 0);
    refusal();
    write("{'a':{'shape':[" + "9".repeat(100_000) + "]}}", 0);
    refusal();
    write("{'a':" + "[".repeat(100_000) + "}", 0);
    refusal();
  }

  @Test
  void theChecksumDetectsAFlippedBit() throws IOException {
    Tensor tensor = new Tensor("t", new int[] {2}, new float[] {1, 2});
    new Safetensors(List.of(tensor), Map.of("k", "v")).write(file);
    byte[] good = Files.readAllBytes(file);
    for (int at : new int[] {good.length - 1, good.length - 8}) {
      byte[] bad = good.clone();
      bad[at] ^= 1;
      Files.write(file, bad);
      assertEquals("damaged: the SHA-256 of its content differs from the recorded one", refusal());
    }
    String text = new String(good, StandardCharsets.ISO_8859_1);
    for (String changed : List.of(text.replace("\"v\"", "\"w\""), text.replace("\"t\"", "\"u\""))) {
      Files.write(file, changed.getBytes(StandardCharsets.ISO_8859_1));
      assertEquals("damaged: the SHA-256 of its content differs from the recorded one", refusal());
    }
    Files.write(file, Arrays.copyOf(good, good.length - 1));
    refusal();
    Files.write(file, Arrays.copyOf(good, good.length + 1));
    refusal();
  }

  /** Sparse files: large, but without disk usage. */
  @Test
  void hugeFilesAllocateNothing() throws IOException {
    long most = Runtime.getRuntime().maxMemory();
    int side = (int) Math.sqrt(most / 4) + 1;
    long bytes = 4L * side * side;
    write(
        "{'a':{'dtype':'F32','shape':[%d,%d],'data_offsets':[0,%d]}}".formatted(side, side, bytes),
        0);
    lengthen(bytes);
    assertTrue(refusal().contains(" MB of tensors, but Java's heap is limited to "), refusal());
    write("{'a':{'dtype':'F32','shape':[65536,65536],'data_offsets':[0,17179869184]}}", 0);
    lengthen(17179869184L);
    assertEquals(
        "tensor 'a': 4294967296 values, more than an array can hold (2147483639)", refusal());
  }

  private void lengthen(long dataBytes) throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(sparse.length() + dataBytes);
    }
  }

  @Test
  void nonRegularFilesAreReported() throws IOException {
    assertEquals("no such file", refusal());
    Files.createDirectory(file);
    assertEquals("a directory, expected a file", refusal());
    file = Path.of("/dev/null");
    assertEquals("a device or a pipe, expected a file", refusal());
  }
}
