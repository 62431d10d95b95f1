package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.domain.rejection.Rejection;
import org.securechat.testkit.TestClock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Holds the description of the API to the server that gives it. */
class OpenApiTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  /** What the HTTP side has to say by itself. */
  private static final Set<String> FRAMING_CODES =
      Set.of(
          "bad_request",
          "not_found",
          "method_not_allowed",
          "range_not_satisfiable",
          "request_timeout",
          "internal_error",
          "malformed_json",
          "too_large",
          "unsupported_media_type",
          "forbidden_origin",
          "unavailable");

  @TempDir static java.nio.file.Path folder;
  private static TestServer server;
  private static TestApi api;
  private static JsonNode document;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder, TestClock.atNoon());
    api = new TestApi(server.url());
    document = JSON.readTree(api.get("/openapi.json").response().body());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private record Operation(String method, String path, JsonNode description) {}

  private static List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
        if (METHODS.contains(member.getKey())) {
          operations.add(
              new Operation(
                  member.getKey().toUpperCase(Locale.ROOT), path.getKey(), member.getValue()));
        }
      }
    }
    return operations;
  }

  @Test
  void document_served_isTheOneThatIsWritten() {
    assertEquals(
        YAMLMapper.builder().build().readTree(java.nio.file.Path.of("../docs/openapi.yaml")),
        document);
    assertEquals("3.1.0", document.path("openapi").asString());
    assertEquals(Version.number(), document.path("info").path("version").asString());
  }

  @Test
  void operations_andResourceMethods_areTheSame() {
    Set<String> documented =
        operations().stream()
            .map(operation -> operation.method() + " " + operation.path())
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(Endpoints.in("org.securechat.http"), documented);
  }

  /** The other way round: what is not described is not answered, and what is, is. */
  @Test
  void server_askedForEachOperation_answersAsDescribed() {
    for (Operation operation : operations()) {
      String path = operation.path().replaceAll("\\{[a-z]+}", "nobody");
      TestApi.Answer answer =
          api.send(
              api.request(path)
                  .header("Content-Type", "application/json")
                  .method(
                      operation.method(),
                      operation.method().equals("POST")
                          ? BodyPublishers.ofString("{}")
                          : BodyPublishers.noBody()));

      String status = Integer.toString(answer.status());
      JsonNode described = resolved(operation.description().path("responses").path(status));
      assertFalse(described.isMissingNode(), operation + " gave " + status);
      if (answer.status() >= 400) {
        String codes =
            operation.description().path("responses").path(status).path("description").asString();
        assertTrue(codes.contains("`" + answer.get("code") + "`"), path + answer.code());
      }
    }
  }

  private static JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
  }

  @Test
  void references_allOfThem_pointAtSomething() {
    List<String> dangling =
        document.findValuesAsString("$ref").stream()
            .filter(reference -> document.at(reference.substring(1)).isMissingNode())
            .toList();

    assertEquals(List.of(), dangling);
  }

  @Test
  void operationIds_areDistinct() {
    List<String> ids = document.findValuesAsString("operationId");

    assertEquals(operations().size(), ids.size());
    assertEquals(ids.size(), Set.copyOf(ids).size());
  }

  @Test
  void codes_documentedAndKnown_areTheSame() {
    Set<String> known =
        Arrays.stream(Rejection.values())
            .map(Rejection::code)
            .collect(Collectors.toCollection(TreeSet::new));
    known.addAll(FRAMING_CODES);

    Set<String> documented = codesIn(document.path("info").path("description").asString());
    for (Operation operation : operations()) {
      for (Map.Entry<String, JsonNode> response :
          operation.description().path("responses").properties()) {
        if (response.getKey().compareTo("400") >= 0) {
          documented.addAll(codesIn(response.getValue().path("description").asString()));
        }
      }
    }
    documented.remove("code"); // the name of the member
    assertEquals(known, documented);
  }

  private static Set<String> codesIn(String description) {
    return Pattern.compile("`([a-z0-9_]+)`")
        .matcher(description)
        .results()
        .map(code -> code.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void examples_allOfThem_fitTheirSchemas() {
    List<String> misfits = new ArrayList<>();
    int checked = 0;
    for (JsonNode content : document.findValues("content")) {
      for (JsonNode media : content) {
        List<JsonNode> examples = new ArrayList<>();
        if (media.has("example")) {
          examples.add(media.path("example"));
        }
        media.path("examples").forEach(example -> examples.add(example.path("value")));
        for (JsonNode example : examples) {
          checked++;
          validate(media.path("schema"), example)
              .forEach(error -> misfits.add(error + " in " + example));
        }
      }
    }

    assertEquals(List.of(), misfits);
    assertTrue(checked > operations().size(), checked + " examples");
  }

  @Test
  void schemas_anotherText_fitsNone() {
    JsonNode user = document.at("/components/schemas/User");

    assertFalse(validate(user, JSON.readTree("{\"id\":1}")).isEmpty());
  }

  private static List<Error> validate(JsonNode schema, JsonNode example) {
    ObjectNode whole = JSON.createObjectNode();
    whole.putArray("allOf").add(schema);
    whole.set("components", document.path("components"));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(whole)
        .validate(example);
  }
}
