package org.securechat.app;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where settings are looked up: the environment, then system properties, then a properties file.
 * The first that has a value that is not blank wins. Values are never put into messages, they may
 * be secret.
 */
final class Settings {
  private static final String FILE = "CHAT_CONFIG";
  private static final Path DEFAULT_FILE = Path.of("secure-chat.properties");

  private final List<Function<String, Optional<String>>> sources;

  private Settings(List<Function<String, Optional<String>>> sources) {
    this.sources = sources;
  }

  /**
   * The settings of a process.
   *
   * @param environment its environment
   * @param properties its system properties
   * @throws ConfigurationException if the file that {@code CHAT_CONFIG} names can't be read
   */
  static Settings of(Map<String, String> environment, Properties properties) {
    Function<String, Optional<String>> fromEnvironment =
        name -> Optional.ofNullable(environment.get(name));
    Function<String, Optional<String>> fromProperties =
        name -> Optional.ofNullable(properties.getProperty(name));
    Optional<String> named =
        fromEnvironment.apply(FILE).or(() -> fromProperties.apply(FILE)).filter(Settings::isSet);
    Properties file = named.map(Path::of).map(Settings::load).orElseGet(Settings::loadDefault);
    return new Settings(
        List.of(
            fromEnvironment, fromProperties, name -> Optional.ofNullable(file.getProperty(name))));
  }

  private static Properties loadDefault() {
    return Files.exists(DEFAULT_FILE) ? load(DEFAULT_FILE) : new Properties();
  }

  private static Properties load(Path path) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException(
          "The settings file " + path + " can't be read: make it a readable properties file.");
    }
    return properties;
  }

  /** The value of a setting; empty if nothing sets it. */
  Optional<String> find(String name) {
    return sources.stream()
        .map(source -> source.apply(name))
        .flatMap(Optional::stream)
        .filter(Settings::isSet)
        .findFirst()
        .map(String::strip);
  }

  /** A whole number within bounds. */
  int integer(String name, int otherwise, int least, int most) {
    return find(name)
        .map(text -> {
          try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
              return value;
            }
          } catch (NumberFormatException e) {
            // Said below, with the bounds.
          }
          throw new ConfigurationException(
              "%s must be a whole number from %d to %d.".formatted(name, least, most));
        })
        .orElse(otherwise);
  }

  /** True or false. */
  boolean bool(String name, boolean otherwise) {
    return find(name)
        .map(text ->
            switch (text) {
              case "true", "1" -> true;
              case "false", "0" -> false;
              default -> throw new ConfigurationException(name + " must be true or false.");
            })
        .orElse(otherwise);
  }

  /** A comma-separated list without blanks; empty if nothing sets it. */
  Optional<List<String>> list(String name) {
    return find(name)
        .map(text ->
            Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList());
  }

  private static boolean isSet(String value) {
    return !value.isBlank();
  }
}
