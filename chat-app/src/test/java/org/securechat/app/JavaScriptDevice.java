package org.securechat.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.testkit.Background;

/**
 * A device of somebody whose client is the one in {@code src/test/js/e2ee}: a process of its own.
 */
final class JavaScriptDevice implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 180;

  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;
  private final Clock clock;

  private JavaScriptDevice(Process process, Clock clock) {
    this.process = process;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.clock = clock;
  }

  static JavaScriptDevice start(NodeProject project, String server, Clock clock)
      throws IOException {
    Process process =
        project
            .builder(List.of("node", "e2ee/device.js", server))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new JavaScriptDevice(process, clock);
  }

  /** What it answered: texts and numbers by their path. */
  record Answer(Map<String, String> members) {

    /** The whole of it, where that is a text or a number. */
    String text() {
      return get("value");
    }

    long number() {
      return Long.parseLong(text());
    }

    String get(String path) {
      return Optional.ofNullable(members.get(path))
          .orElseThrow(() -> new AssertionError("no " + path + " in " + members));
    }

    /** The texts of an array. */
    List<String> list(String path) {
      String prefix = path + ".";
      Map<Integer, String> items = new TreeMap<>();
      members.forEach((name, value) -> {
        if (name.startsWith(prefix)) {
          items.put(Integer.valueOf(name.substring(prefix.length())), value);
        }
      });
      return List.copyOf(items.values());
    }
  }

  /** Does something in a conversation. */
  Answer in(ConversationId conversation, String command, Map<String, ?> members) {
    Map<String, Object> all = new TreeMap<>(members);
    all.put("conversation", conversation.value());
    return run(command, all);
  }

  Answer in(ConversationId conversation, String command) {
    return in(conversation, command, Map.of());
  }

  /** Does something; members are texts, numbers, booleans or lists of texts. */
  Answer run(String command, Map<String, ?> members) {
    Map<String, String> answer = TestApi.members(exchange(json(command, members)));
    if (answer.containsKey("error")) {
      throw new AssertionError(command + ": " + answer.get("error") + " " + answer.get("message"));
    }
    return new Answer(answer);
  }

  private String json(String command, Map<String, ?> members) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("do", command);
      json.writeNumberField("now", clock.millis());
      for (Map.Entry<String, ?> member : members.entrySet()) {
        json.writeFieldName(member.getKey());
        write(json, member.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof List<?> texts) {
      json.writeStartArray();
      for (Object text : texts) {
        json.writeString(text.toString());
      }
      json.writeEndArray();
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else {
      json.writeString(value.toString());
    }
  }

  private String exchange(String command) {
    try {
      commands.write(command + "\n");
      commands.flush();
      String answer = Background.supply(this::readLine).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (answer.isEmpty()) {
        throw new AssertionError("the device has ended");
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String readLine() {
    try {
      String line = answers.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
