package lanewise;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The public API of the module: a line for each public or protected type, constructor, method and
 * field of an exported package. A type of Lanewise that is not exported is listed with its package,
 * so that it stands out.
 */
final class PublicSurface {
  /** Every class has them, or every record or enum. */
  private static final Set<String> COMMON =
      Set.of("equals", "hashCode", "toString", "values", "valueOf");

  private final Path classes;
  private final Set<String> exported;
  private final SortedSet<String> lines = new TreeSet<>();

  private PublicSurface(Path classes) {
    this.classes = classes;
    ModuleDescriptor module = ModuleFinder.of(classes).find("lanewise").orElseThrow().descriptor();
    exported =
        module.exports().stream()
            .filter(exports -> !exports.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * The surface of compiled classes with their module descriptor.
   *
   * @param classes a directory on the class path
   */
  static SortedSet<String> of(Path classes) throws IOException, ClassNotFoundException {
    PublicSurface surface = new PublicSurface(classes);
    for (String name : surface.exported) {
      surface.addPackage(name);
    }
    return surface.lines;
  }

  private void addPackage(String name) throws IOException, ClassNotFoundException {
    lines.add(name);
    try (Stream<Path> files = Files.list(classes.resolve(name.replace('.', '/')))) {
      for (Path file : files.toList()) {
        String type = file.getFileName().toString().replaceFirst("\\.class$", "");
        if (Files.isRegularFile(file) && !type.equals("package-info")) {
          add(Class.forName(name + "." + type, false, getClass().getClassLoader()));
        }
      }
    }
  }

  private void add(Class<?> type) {
    if (!isVisible(type)) {
      return;
    }
    String name = type.getPackageName() + "." + nested(type);
    lines.add(name + ": " + kind(type) + parents(type));
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isVisible(constructor)) {
        lines.add(name + "." + nested(type) + parameters(constructor));
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (isVisible(method) && !COMMON.contains(method.getName())) {
        lines.add(
            "%s.%s%s: %s%s"
                .formatted(
                    name,
                    method.getName(),
                    parameters(method),
                    modifiers(method),
                    text(method.getGenericReturnType())));
      }
    }
    for (Field field : type.getDeclaredFields()) {
      if (isVisible(field)) {
        lines.add(
            "%s.%s: %s%s"
                .formatted(name, field.getName(), modifiers(field), text(field.getGenericType())));
      }
    }
  }

  private static boolean isVisible(Class<?> type) {
    for (Class<?> outer = type; outer != null; outer = outer.getEnclosingClass()) {
      if ((outer.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) == 0
          || outer.isAnonymousClass()
          || outer.isLocalClass()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isVisible(Member member) {
    boolean inherited =
        Modifier.isProtected(member.getModifiers())
            && !Modifier.isFinal(member.getDeclaringClass().getModifiers());
    return !member.isSynthetic() && (Modifier.isPublic(member.getModifiers()) || inherited);
  }

  private static String kind(Class<?> type) {
    int modifiers = type.getModifiers();
    if (type.isRecord()) {
      return "record";
    }
    if (type.isEnum()) {
      return "enum";
    }
    String sealed = type.isSealed() ? "sealed " : "";
    if (type.isInterface()) {
      return sealed + "interface";
    }
    return sealed
        + (Modifier.isFinal(modifiers) ? "final " : "")
        + (Modifier.isAbstract(modifiers) ? "abstract " : "")
        + "class";
  }

  private String parents(Class<?> type) {
    String parents =
        Stream.concat(
                Stream.ofNullable(type.getGenericSuperclass()),
                Stream.of(type.getGenericInterfaces()))
            .filter(parent -> parent != Object.class && parent != Record.class && !type.isEnum())
            .map(this::text)
            .collect(Collectors.joining(", "));
    return parents.isEmpty() ? "" : " of " + parents;
  }

  private String parameters(Executable executable) {
    String parameters =
        Stream.of(executable.getGenericParameterTypes())
            .map(this::text)
            .collect(Collectors.joining(", ", "(", ")"));
    if (executable.isVarArgs()) {
      parameters = parameters.replaceFirst("\\[\\]\\)$", "...)");
    }
    String thrown =
        Stream.of(executable.getGenericExceptionTypes())
            .map(this::text)
            .collect(Collectors.joining(", "));
    return thrown.isEmpty() ? parameters : parameters + " throws " + thrown;
  }

  private static String modifiers(Member member) {
    int modifiers = member.getModifiers();
    return (Modifier.isProtected(modifiers) ? "protected " : "")
        + (Modifier.isStatic(modifiers) ? "static " : "")
        + (Modifier.isAbstract(modifiers) ? "abstract " : "");
  }

  /** A type by its simple name, unless it is one of Lanewise's that is not exported. */
  private String text(Type type) {
    String text = type.getTypeName().replaceAll("\\bjava[x]?\\.([a-z]+\\.)*", "");
    for (String name : exported) {
      text = text.replaceAll("\\b" + name.replace(".", "\\.") + "\\.(?=[A-Z])", "");
    }
    return text.replace('$', '.');
  }

  private static String nested(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return outer == null ? type.getSimpleName() : nested(outer) + "." + type.getSimpleName();
  }
}
