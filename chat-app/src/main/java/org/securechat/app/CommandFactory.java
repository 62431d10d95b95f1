package org.securechat.app;

import java.util.Map;
import java.util.Properties;
import picocli.CommandLine;

/** Makes the commands, by hand where they need the settings. */
final class CommandFactory implements CommandLine.IFactory {
  private final Map<String, String> environment;
  private final Properties properties;

  CommandFactory(Map<String, String> environment, Properties properties) {
    this.environment = environment;
    this.properties = properties;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    if (type == ServeCommand.class) {
      return type.cast(new ServeCommand(this::settings));
    }
    if (type == DatabaseCommand.class) {
      return type.cast(new DatabaseCommand(this::settings));
    }
    if (type == SeedCommand.class) {
      return type.cast(new SeedCommand(this::settings));
    }
    return CommandLine.defaultFactory().create(type);
  }

  /** Looked up when a command runs, so that {@code --help} works however things are set. */
  private Settings settings() {
    return Settings.of(environment, properties);
  }
}
