package org.securechat.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.securechat.benchmarks.measure.Measured;
import org.securechat.benchmarks.measure.Ratio;
import org.securechat.benchmarks.measure.Rounds;
import org.securechat.benchmarks.measure.Slices;

class ReportsTest {
  private static final List<Measured> MEASURED =
      List.of(
          new Measured(
              "me",
              16,
              List.of(Slices.of(50, Duration.ofMillis(1), Optional.of(Duration.ofMillis(3))))),
          new Measured("check", 16, Slices.ofRates(200)));
  private static final Run RUN =
      new Run(
          new Machine(Instant.EPOCH, 2, "a \"fast\" one", "Linux", "25", 0.5),
          "load --rounds 1",
          List.of("Secure Chat 0"),
          new Rounds(1, Duration.ZERO, Duration.ofMillis(1500)),
          MEASURED,
          List.of(Ratio.of("me", "check").values(MEASURED, 16).orElseThrow()));

  /** Each value by its path. */
  private static Map<String, String> members(String json) throws IOException {
    Map<String, String> members = new TreeMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      JsonToken token;
      while ((token = parser.nextToken()) != null) {
        if (token.isScalarValue()) {
          members.put(parser.getParsingContext().pathAsPointer().toString(), parser.getText());
        }
      }
    }
    return members;
  }

  @Test
  void json_aRun_holdsEverything() throws IOException {
    StringWriter text = new StringWriter();
    JsonReport.write(RUN, text);

    Map<String, String> members = members(text.toString());

    Map<String, String> expected = new TreeMap<>();
    expected.put("/machine/time", "1970-01-01T00:00:00Z");
    expected.put("/machine/cores", "2");
    expected.put("/machine/processor", "a \"fast\" one");
    expected.put("/machine/system", "Linux");
    expected.put("/machine/java", "25");
    expected.put("/machine/load_before", "0.5");
    expected.put("/command", "load --rounds 1");
    expected.put("/versions/0", "Secure Chat 0");
    expected.put("/rounds", "1");
    expected.put("/round_seconds", "1.5");
    expected.put("/warm_up_seconds", "0.0");
    expected.put("/measured/0/what", "me");
    expected.put("/measured/0/connections", "16");
    expected.put("/measured/0/rate", "50.0");
    expected.put("/measured/0/rates/0", "50.0");
    expected.put("/measured/0/refused", "0");
    expected.put("/measured/0/server_microseconds_each", "60.0");
    expected.put("/measured/0/generator_share", "0.25");
    expected.put("/measured/1/what", "check");
    expected.put("/measured/1/connections", "16");
    expected.put("/measured/1/rate", "200.0");
    expected.put("/measured/1/rates/0", "200.0");
    expected.put("/measured/1/refused", "0");
    expected.put("/measured/1/server_microseconds_each", "null");
    expected.put("/measured/1/generator_share", "null");
    expected.put("/ratios/0/name", "me / check");
    expected.put("/ratios/0/connections", "16");
    expected.put("/ratios/0/median", "0.25");
    expected.put("/ratios/0/rounds/0", "0.25");
    for (String percentile : List.of("p50", "p90", "p99", "p99.9", "p100")) {
      for (int i = 0; i < MEASURED.size(); i++) {
        String path = "/measured/" + i + "/milliseconds/" + percentile;
        String value = members.getOrDefault(path, "");
        assertEquals(1, Double.parseDouble(value), 0.001, path);
        expected.put(path, value);
      }
    }
    assertEquals(expected, members);
  }

  @Test
  void text_aRun_hasARowForEach() {
    List<String> lines = TextReport.of(RUN).lines().toList();

    assertTrue(lines.contains("| `me` | 16 | 50 | 1.00 | 1.00 | 0 | 60.0 | 25 % |"), "" + lines);
    assertTrue(lines.contains("| `check` | 16 | 200 | 1.00 | 1.00 | 0 | – | – |"), "" + lines);
    assertTrue(lines.contains("| `me / check` | 16 | 0.25 | 0.25 | 0.25 |"), "" + lines);
  }
}
