package org.securechat.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LoadTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private int run(String... arguments) {
    return new CommandLine(new Load())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void load_nobodyOfThatName_isTold() {
    assertEquals(2, run("--contenders", "me,nobody"));
    assertTrue(err.toString().contains("Nobody is called nobody"), err::toString);
  }

  @Test
  void load_noRounds_isTold() {
    assertEquals(2, run("--rounds", "0"));
    assertEquals(2, run("--connections", "0"));
  }

  @Test
  void load_partsAlone_areReportedWithTheirRatio() {
    int exit =
        run(
            "--contenders=append,bare-append,commit",
            "--connections=2",
            "--rounds=1",
            "--seconds=0.02",
            "--warm-up=0",
            "--folder=" + folder);

    assertEquals(0, exit, err::toString);
    assertTrue(out.toString().contains("| `append` | 2 | "), out::toString);
    assertTrue(out.toString().contains("| `append / bare-append` | 2 | "), out::toString);
  }
}
