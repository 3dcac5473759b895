package lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import lanewise.fuzz.Scratch;

/** Everything in a directory at one time: names, kinds, permissions, contents and link targets. */
final class Snapshot {
  private final Path directory;
  private final Map<Path, Entry> entries;

  private enum Kind {
    DIRECTORY,
    FILE,
    LINK,
    OTHER
  }

  /**
   * Whatever has a name.
   *
   * @param permissions empty where there are none
   * @param content of a file, else empty
   * @param link the target of a symbolic link, else null
   * @param same another name of the same file, that of its first one; null if it is the first
   */
  private record Entry(Kind kind, String permissions, byte[] content, Path link, Path same) {
    boolean isLike(Entry other) {
      return other != null
          && kind == other.kind
          && permissions.equals(other.permissions)
          && Arrays.equals(content, other.content)
          && (link == null || link.equals(other.link));
    }
  }

  private Snapshot(Path directory, Map<Path, Entry> entries) {
    this.directory = directory;
    this.entries = entries;
  }

  /** The contents of a directory now. */
  static Snapshot of(Path directory) throws IOException {
    Map<Path, Entry> entries = new TreeMap<>();
    Map<Object, Path> first = new HashMap<>();
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted().toList()) {
        if (!path.equals(directory)) {
          entries.put(path, entry(path, first, entries));
        }
      }
    }
    return new Snapshot(directory, entries);
  }

  private static Entry entry(Path path, Map<Object, Path> first, Map<Path, Entry> entries)
      throws IOException {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    Class<? extends BasicFileAttributes> type =
        posix ? PosixFileAttributes.class : BasicFileAttributes.class;
    BasicFileAttributes attributes = Files.readAttributes(path, type, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      return new Entry(Kind.LINK, "", new byte[0], Files.readSymbolicLink(path), null);
    }
    String permissions =
        attributes instanceof PosixFileAttributes more
            ? PosixFilePermissions.toString(more.permissions())
            : "";
    if (!attributes.isRegularFile()) {
      Kind kind = attributes.isDirectory() ? Kind.DIRECTORY : Kind.OTHER;
      return new Entry(kind, permissions, new byte[0], null, null);
    }
    Path same = attributes.fileKey() == null ? null : first.putIfAbsent(attributes.fileKey(), path);
    byte[] content = same == null ? Files.readAllBytes(path) : entries.get(same).content();
    return new Entry(Kind.FILE, permissions, content, null, same);
  }

  /** The names of everything. */
  Set<Path> paths() {
    return entries.keySet();
  }

  /** The names of what is new, gone or different in a later snapshot. */
  Set<Path> changes(Snapshot later) {
    Set<Path> all = new TreeSet<>(entries.keySet());
    all.addAll(later.entries.keySet());
    all.removeIf(
        path -> entries.containsKey(path) && entries.get(path).isLike(later.entries.get(path)));
    return all;
  }

  /** Makes the directory what it was, if it was changed. */
  void restore(Snapshot now) throws IOException {
    Set<Path> changes = changes(now);
    // Restored alone, one name of a file would have another identity than the others.
    entries.forEach(
        (path, entry) -> {
          if (entry.same() != null && (changes.contains(path) || changes.contains(entry.same()))) {
            changes.add(path);
            changes.add(entry.same());
          }
        });
    for (Path path : changes) {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        Scratch.delete(path);
      }
    }
    Set<Path> lost = new TreeSet<>(entries.keySet());
    lost.removeIf(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS));
    for (Path path : lost) { // Sorted: a directory is before its contents.
      restore(path, entries.get(path));
    }
  }

  private void restore(Path path, Entry entry) throws IOException {
    switch (entry.kind()) {
      case DIRECTORY -> Files.createDirectory(path);
      case LINK -> Files.createSymbolicLink(path, entry.link());
      case FILE -> {
        if (entry.same() != null) {
          Files.createLink(path, entry.same());
        } else {
          Files.write(path, entry.content());
        }
      }
      case OTHER -> throw new IllegalStateException(directory + ": cannot make another " + path);
    }
    if (!entry.permissions().isEmpty()) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(entry.permissions()));
    }
  }
}
