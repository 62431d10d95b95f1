package org.securechat.protocol.vectors;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Test vectors of others, in a folder beside the source tree or where the system property {@code
 * chat.vectors} says. A test that asks for a file is skipped where there is none.
 */
public final class PublishedVectors {
  private PublishedVectors() {}

  public static Json json(String file) {
    String given = System.getProperty("chat.vectors", "");
    Path folder =
        given.isEmpty()
            ? Path.of(System.getProperty("basedir", "."), "../../shared/vectors")
            : Path.of(given);
    Path path = folder.resolve(file).toAbsolutePath().normalize();
    assumeTrue(Files.isReadable(path), "No vectors: " + path);
    return Json.read(path);
  }
}
