package lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Disks without room, mounted where no other process sees them. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class FullDiskTest {
  private static final String UNSHARE = "unshare --map-root-user --mount ";

  @TempDir private Path directory;

  @Test
  void noCommandLosesAFileOrLeavesOneBehind() throws IOException, InterruptedException {
    ShellRun shell = new ShellRun(directory);
    String trial = UNSHARE + "mount -t tmpfs -o size=64k tmpfs . 2>&1";
    assumeTrue(shell.run(trial).status() == 0, "this system does not let its users mount disks");
    Path files = Files.createDirectory(directory.resolve("files"));
    CommandRun run = shell.run(UNSHARE + "\"$@\" '%s'".formatted(files), FullDisk.class);
    assertEquals(0, run.status(), run.err());
    int refused = Integer.parseInt(run.out().strip().replace("refused=", ""));
    assertTrue(refused > 50, run.out());
  }
}
