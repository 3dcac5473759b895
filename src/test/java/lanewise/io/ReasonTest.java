package lanewise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReasonTest {
  static Stream<IOException> withoutReason() {
    return Stream.of(
        new NoSuchFileException("f"),
        new AccessDeniedException("f"),
        new DirectoryNotEmptyException("f"),
        new FileAlreadyExistsException("f"),
        new NotDirectoryException("f"),
        new NotLinkException("f"),
        new FileSystemLoopException("f"),
        new FileSystemException("f"),
        new FileSystemException(null),
        new ClosedByInterruptException(),
        new ClosedChannelException(),
        new EOFException(),
        new IOException(" "),
        new IOException());
  }

  @ParameterizedTest
  @MethodSource("withoutReason")
  void eachErrorHasAReasonInWords(IOException e) {
    String reason = Reason.of(e);
    assertFalse(reason.matches("f|.*null.*|.*Exception.*|\\s*"), reason);
    String line = ReadErrors.describe(Path.of("f"), e);
    assertFalse(line.matches(".*null.*|.*Exception.*|f: .*f:.*"), line);
  }

  @Test
  void theReasonOfTheSystemIsKept() {
    assertEquals(
        "File name too long", Reason.of(new FileSystemException("f", null, "File name too long")));
    assertEquals("No space left on device", Reason.of(new IOException("No space left on device")));
  }
}
