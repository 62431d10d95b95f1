package org.securechat.app;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An environment without settings that writes down which are asked for. */
final class AskedFor extends AbstractMap<String, String> {
  private final Set<String> names = new TreeSet<>();

  Set<String> names() {
    return names;
  }

  @Override
  public @Nullable String get(@Nullable Object name) {
    names.add(String.valueOf(name));
    return null;
  }

  @Override
  public Set<Map.Entry<String, String>> entrySet() {
    return Set.of();
  }
}
