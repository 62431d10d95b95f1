package org.securechat.persistence;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL database is, who opens it, and with which password. A class and no record,
 * because the password must not be shown. Immutable.
 */
public final class PostgresqlAddress {
  /** What an address starts with. */
  public static final String SCHEME = "postgresql://";

  private static final int DEFAULT_PORT = 5432;
  private static final Pattern SHAPE =
      Pattern.compile(
          "postgresql://(?:(?<user>[^:@/?]*)(?::(?<password>[^@/?]*))?@)?"
              + "(?<host>\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9._-]*)(?::(?<port>[0-9]{1,5}))?"
              + "(?:/(?<database>[^/?]*))?(?:\\?(?<options>.*))?");

  /** What may stand behind the question mark, and what the driver calls it. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "sslmode", "sslmode",
          "sslrootcert", "sslrootcert",
          "sslcert", "sslcert",
          "sslkey", "sslkey",
          "application_name", "ApplicationName",
          "search_path", "currentSchema");

  private static final List<String> SSL_MODES =
      List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  private final String host;
  private final int port;
  private final String database;
  private final String user;
  private final Optional<String> password;
  private final Map<String, String> options;

  private PostgresqlAddress(
      String host,
      int port,
      String database,
      String user,
      Optional<String> password,
      Map<String, String> options) {
    this.host = host;
    this.port = port;
    this.database = database;
    this.user = user;
    this.password = password;
    this.options = options;
  }

  /**
   * Reads {@code postgresql://user:password@host:port/database?option=value&…}. As with
   * PostgreSQL's own programs, each part may be missing: the host is this machine then, the port
   * 5432, and the database has the user's name. User, password, database and options are
   * percent-decoded. Options are {@code sslmode}, {@code sslrootcert}, {@code sslcert}, {@code
   * sslkey}, {@code application_name} and {@code search_path}.
   *
   * @param defaultUser who opens it if the address names nobody
   * @throws IllegalArgumentException if it is none, with a sentence that quotes nothing of it but
   *     an option's name
   */
  public static PostgresqlAddress parse(String address, String defaultUser) {
    Matcher parts = SHAPE.matcher(address);
    if (!parts.matches()) {
      throw malformed();
    }
    String port = parts.group("port");
    int number = port == null ? DEFAULT_PORT : Integer.parseInt(port);
    if (number < 1 || number > 65_535) {
      throw malformed();
    }
    String user = part(parts, "user").orElse(defaultUser);
    return new PostgresqlAddress(
        part(parts, "host").orElse("localhost"),
        number,
        part(parts, "database").orElse(user),
        user,
        part(parts, "password"),
        options(parts.group("options")));
  }

  private static Optional<String> part(Matcher parts, String name) {
    return Optional.ofNullable(parts.group(name))
        .map(PostgresqlAddress::decode)
        .filter(part -> !part.isEmpty());
  }

  private static Map<String, String> options(@Nullable String text) {
    Map<String, String> options = new TreeMap<>();
    if (text == null || text.isEmpty()) {
      return options;
    }
    for (String option : text.split("&", -1)) {
      String[] pair = option.split("=", 2);
      if (pair.length != 2 || pair[1].isEmpty()) {
        throw malformed();
      }
      String known = OPTIONS.get(pair[0]);
      if (known == null) {
        throw new IllegalArgumentException(
            pair[0].matches("[A-Za-z_]{1,64}")
                ? "The option " + pair[0] + " of a PostgreSQL address is not known here."
                : "An option of a PostgreSQL address is not known here.");
      }
      String value = decode(pair[1]);
      if (pair[0].equals("sslmode") && !SSL_MODES.contains(value)) {
        throw new IllegalArgumentException(
            "The option sslmode of a PostgreSQL address is one of "
                + String.join(", ", SSL_MODES)
                + ".");
      }
      if (options.put(known, value) != null) {
        throw malformed();
      }
    }
    return options;
  }

  private static String decode(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(encoded.length);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] != '%') {
        decoded.write(encoded[i]);
        continue;
      }
      int high = i + 2 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
      int low = i + 2 < encoded.length ? Character.digit(encoded[i + 2], 16) : -1;
      if (high < 0 || low < 0 || high + low == 0) {
        throw malformed();
      }
      decoded.write(high * 16 + low);
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(decoded.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed();
    }
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "A PostgreSQL address must look like postgresql://user:password@host:5432/database, with"
            + " special characters percent-encoded.");
  }

  /** A name or an address, an IPv6 one in brackets. */
  public String host() {
    return host;
  }

  public int port() {
    return port;
  }

  /** The database's name. */
  public String database() {
    return database;
  }

  String user() {
    return user;
  }

  Optional<String> password() {
    return password;
  }

  /** By the names that the driver has for them. */
  Map<String, String> options() {
    return options;
  }

  /** Where it is, without who opens it. */
  @Override
  public String toString() {
    return SCHEME + host + ":" + port + "/" + database;
  }
}
