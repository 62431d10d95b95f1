package org.securechat.benchmarks.scenario;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.securechat.benchmarks.http.Target;

/** Signed requests of one person whose answers are read, and whose speed does not matter. */
record PreparingCalls(HttpClient http, Target target, Signer signer) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final JsonFactory JSON = new JsonFactory();

  /** What came back. */
  record Answer(HttpResponse<String> response) {

    /** The cookie of the session that it opens. */
    String cookie() {
      return response
          .headers()
          .firstValue("Set-Cookie")
          .map(field -> field.replaceFirst(";.*", ""))
          .orElseThrow(() -> new IllegalStateException("No session was opened"));
    }

    /**
     * The text of a value.
     *
     * @param path the names of objects, from the outermost on, and of the value
     */
    String text(String... path) {
      try (JsonParser json = JSON.createParser(response.body())) {
        json.nextToken();
        for (String name : path) {
          find(name, json);
        }
        return json.getText();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void find(String name, JsonParser json) throws IOException {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String found = json.currentName();
        json.nextToken();
        if (found.equals(name)) {
          return;
        }
        json.skipChildren();
      }
      throw new IllegalStateException("There is no " + name + " in the answer");
    }
  }

  /**
   * Sends data in an envelope.
   *
   * @param cookie empty for none
   * @param members of the data, as JSON without braces
   * @throws IllegalStateException if the answer has another status
   */
  Answer post(String path, String cookie, String members, int expectedStatus) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.resolve(path))
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(signer.envelope(path, members)));
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != expectedStatus) {
        throw new IllegalStateException(path + " was answered with " + response.statusCode());
      }
      return new Answer(response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }
}
