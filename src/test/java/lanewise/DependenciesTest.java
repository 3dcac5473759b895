package lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The documented dependencies are those of the pom. */
class DependenciesTest {
  /** A row of the list: what, licence, why. */
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z0-9.-]+:[a-z0-9._-]+)` \\| ([^|]+) \\| ([^|]+) \\|");

  private static final String INDIRECT = "comes with";

  @Test
  void theTableListsWhatThePomDeclares() throws Exception {
    Document pom =
        DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse("pom.xml");
    Set<String> declared = new TreeSet<>();
    for (String tag : new String[] {"dependency", "path", "plugin"}) {
      NodeList elements = pom.getElementsByTagName(tag);
      for (int i = 0; i < elements.getLength(); i++) {
        Element element = (Element) elements.item(i);
        declared.add(child(element, "groupId") + ":" + child(element, "artifactId"));
      }
    }
    if (pom.getElementsByTagName("googleJavaFormat").getLength() > 0) {
      declared.add("com.google.googlejavaformat:google-java-format");
    }
    Set<String> missing = new TreeSet<>(declared);
    missing.removeAll(listed(false));
    assertEquals(Set.of(), missing, "in pom.xml, not in dependencies.md");
    Set<String> left = listed(false);
    left.removeAll(declared);
    assertEquals(Set.of(), left, "in dependencies.md, not in pom.xml");
  }

  @Test
  void transitiveDependenciesAreListed() throws IOException {
    Set<String> indirect = listed(true);
    assertFalse(indirect.isEmpty());
    for (String name : indirect) {
      String artifact = name.substring(name.indexOf(':') + 1);
      assertTrue(System.getProperty("java.class.path").contains(artifact), name);
    }
  }

  private static Set<String> listed(boolean indirect) throws IOException {
    Matcher rows = ROW.matcher(Files.readString(Path.of("src", "docs", "dependencies.md")));
    Set<String> listed = new TreeSet<>();
    while (rows.find()) {
      assertFalse(rows.group(2).isBlank() || rows.group(3).isBlank(), rows.group());
      if (rows.group(3).startsWith(INDIRECT) == indirect) {
        assertTrue(listed.add(rows.group(1)), "twice: " + rows.group(1));
      }
    }
    return listed;
  }

  private static String child(Element element, String tag) {
    return element.getElementsByTagName(tag).item(0).getTextContent().strip();
  }
}
