package org.securechat.benchmarks.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.OptionalDouble;
import org.securechat.benchmarks.measure.Measured;
import org.securechat.benchmarks.measure.Ratio;

/** A run as JSON, every round of it. What was not measured is null. */
public final class JsonReport {
  private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

  private JsonReport() {}

  /** Writes it; the writer is left open. */
  public static void write(Run run, Writer writer) throws IOException {
    try (JsonGenerator json =
        new JsonFactory()
            .createGenerator(writer)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .useDefaultPrettyPrinter()) {
      json.writeStartObject();
      machine(json, run.machine());
      json.writeStringField("command", run.command());
      json.writeArrayFieldStart("versions");
      for (String version : run.versions()) {
        json.writeString(version);
      }
      json.writeEndArray();
      json.writeNumberField("rounds", run.rounds().count());
      json.writeNumberField("round_seconds", run.rounds().length().toMillis() / 1e3);
      json.writeNumberField("warm_up_seconds", run.rounds().warmUp().toMillis() / 1e3);
      json.writeArrayFieldStart("measured");
      for (Measured measured : run.measured()) {
        measured(json, measured);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("ratios");
      for (Ratio.Values values : run.ratios()) {
        ratio(json, values);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void machine(JsonGenerator json, Machine machine) throws IOException {
    json.writeObjectFieldStart("machine");
    json.writeStringField("time", machine.time().toString());
    json.writeNumberField("cores", machine.cores());
    json.writeStringField("processor", machine.processor());
    json.writeStringField("system", machine.system());
    json.writeStringField("java", machine.java());
    json.writeNumberField("load_before", machine.load());
    json.writeEndObject();
  }

  private static void measured(JsonGenerator json, Measured measured) throws IOException {
    json.writeStartObject();
    json.writeStringField("what", measured.contender());
    json.writeNumberField("connections", measured.connections());
    json.writeNumberField("rate", measured.rate());
    numbers(json, "rates", measured.rates());
    json.writeObjectFieldStart("milliseconds");
    for (double percent : PERCENTILES) {
      json.writeNumberField(
          "p" + (percent == Math.rint(percent) ? "" + (int) percent : "" + percent),
          measured.millis(percent));
    }
    json.writeEndObject();
    json.writeNumberField("refused", measured.refused());
    optional(json, "server_microseconds_each", measured.serverMicros());
    optional(json, "generator_share", measured.generatorShare());
    json.writeEndObject();
  }

  private static void ratio(JsonGenerator json, Ratio.Values values) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", values.ratio().name());
    json.writeNumberField("connections", values.connections());
    json.writeNumberField("median", values.median());
    numbers(json, "rounds", values.rounds());
    json.writeEndObject();
  }

  private static void numbers(JsonGenerator json, String name, List<Double> numbers)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (double number : numbers) {
      json.writeNumber(number);
    }
    json.writeEndArray();
  }

  private static void optional(JsonGenerator json, String name, OptionalDouble value)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.getAsDouble());
    } else {
      json.writeNullField(name);
    }
  }
}
