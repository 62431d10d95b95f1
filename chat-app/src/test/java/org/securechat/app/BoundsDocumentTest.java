package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/bounds.md} to the settings, and to the tests that it names. */
class BoundsDocumentTest {
  private static final Path TREE = Path.of("..");
  private static final Pattern SETTING = Pattern.compile("`([A-Z_]+)`");
  private static final Pattern FIXED = Pattern.compile("fixed: `(\\w+)`");
  private static final Pattern VALUE = Pattern.compile("`(\\d+)`.*");
  private static final Pattern TESTS = Pattern.compile("`\\w+#\\w+`(, `\\w+#\\w+`)*");
  private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

  private static final List<Row> ROWS = new ArrayList<>();

  /** Texts of the sources, by the names of their classes. */
  private static final Map<String, List<String>> SOURCES = new HashMap<>();

  private record Row(String what, String bound, String setBy, String tests) {}

  @BeforeAll
  static void read() throws IOException {
    Files.readString(TREE.resolve("docs/bounds.md"))
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| what "))
        .map(line -> line.substring(1, line.length() - 1).split("\\|", -1))
        .forEach(cells -> {
          assertEquals(4, cells.length, cells[0]);
          ROWS.add(new Row(cells[0].strip(), cells[1].strip(), cells[2].strip(), cells[3].strip()));
        });
    try (Stream<Path> modules = Files.list(TREE)) {
      for (Path module : modules.filter(BoundsDocumentTest::isModule).toList()) {
        try (Stream<Path> files = Files.walk(module.resolve("src"))) {
          for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
            String name = file.getFileName().toString().replace(".java", "");
            SOURCES.computeIfAbsent(name, key -> new ArrayList<>()).add(Files.readString(file));
          }
        }
      }
    }
  }

  private static boolean isModule(Path folder) {
    return Files.isDirectory(folder.resolve("src"))
        && folder.getFileName().toString().startsWith("chat-");
  }

  private static boolean hasSource(String name, Predicate<String> text) {
    return SOURCES.getOrDefault(name, List.of()).stream().anyMatch(text);
  }

  @Test
  void rows_allOfThem_nameTestsThatThereAre() {
    List<String> missing = new ArrayList<>();
    for (Row row : ROWS) {
      assertTrue(
          row.tests().startsWith("none: ") || TESTS.matcher(row.tests()).matches(), row::what);
      TEST.matcher(row.tests())
          .results()
          .filter(test ->
              !hasSource(test.group(1), text -> text.contains("void " + test.group(2) + "(")))
          .forEach(test -> missing.add(test.group()));
    }

    assertEquals(List.of(), missing);
    assertTrue(ROWS.size() > 90, ROWS.size() + " rows");
  }

  @Test
  void rows_allOfThem_areSetByASettingOrAClassThatThereIs() {
    List<String> wrong =
        ROWS.stream()
            .map(Row::setBy)
            .filter(setBy -> {
              var fixed = FIXED.matcher(setBy);
              return fixed.matches()
                  ? !hasSource(fixed.group(1), text -> true)
                  : !SETTING.matcher(setBy).matches();
            })
            .toList();

    assertEquals(List.of(), wrong);
  }

  private static Map<String, String> documentedSettings() {
    Map<String, String> settings = new TreeMap<>();
    for (Row row : ROWS) {
      var setting = SETTING.matcher(row.setBy());
      if (setting.matches()) {
        var value = VALUE.matcher(row.bound());
        assertTrue(value.matches(), row::what);
        settings.put(setting.group(1), value.group(1));
      }
    }
    return settings;
  }

  @Test
  void settings_thatAreLimits_areAllThere() {
    AskedFor asked = new AskedFor();
    Configuration.of(Settings.of(asked, new Properties()));
    Set<String> limits =
        asked.names().stream()
            .filter(name -> name.startsWith("LIMIT_"))
            .collect(Collectors.toCollection(TreeSet::new));

    Set<String> documented = new TreeSet<>(documentedSettings().keySet());
    assertTrue(asked.names().containsAll(documented), documented::toString);
    documented.removeIf(name -> !name.startsWith("LIMIT_"));
    assertEquals(limits, documented);
  }

  @Test
  void values_ofTheSettings_areTheDefaults() {
    assertEquals(boundsBy(Map.of()), boundsBy(documentedSettings()));
  }

  private static List<Object> boundsBy(Map<String, String> settings) {
    Configuration configuration = Configuration.of(Settings.of(settings, new Properties()));
    return List.of(
        configuration.chat(),
        configuration.maxBodyBytes(),
        configuration.maxKeysBodyBytes(),
        configuration.passwords(),
        configuration.requestsPerUser());
  }
}
