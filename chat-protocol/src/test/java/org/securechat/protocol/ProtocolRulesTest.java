package org.securechat.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every rule of the protocol has a test that cites it, and no test cites one that isn't there. */
class ProtocolRulesTest {
  private static final Path MODULE = Path.of(System.getProperty("basedir", ".")).normalize();

  private static final Pattern RULE =
      Pattern.compile("^\\*\\*([A-Z]-\\d+)\\*\\* ", Pattern.MULTILINE);
  private static final Pattern REFERENCE = Pattern.compile("\\b[A-Z]-\\d+\\b");
  private static final Pattern COMMENT =
      Pattern.compile("^\\s*(?://|/?\\*)(.*)$", Pattern.MULTILINE);

  /** Rules that nothing in this module keeps, and why. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "K-12", "the encryption keys that were seen are kept by chat-client",
          "K-16", "devices and what they remember are chat-client's",
          "E-15", "when to renew a key is chat-client's to decide",
          "E-16", "only chat-client knows more than one conversation",
          "T-22", "says what is not promised",
          "T-23", "a permission that nothing makes use of",
          "S-12", "what shows and saves is in chat-client",
          "F-6", "uploads are chat-client's");

  private static String protocol() throws IOException {
    return Files.readString(MODULE.resolve("../docs/protocol.md"));
  }

  private static List<String> rules() throws IOException {
    return RULE.matcher(protocol()).results().map(rule -> rule.group(1)).toList();
  }

  private static Set<String> cited() throws IOException {
    try (Stream<Path> sources = Files.walk(MODULE.resolve("src/test/java"))) {
      return sources
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(file -> comments(file))
          .flatMap(comment -> REFERENCE.matcher(comment).results())
          .map(MatchResult::group)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Stream<String> comments(Path source) {
    try {
      return COMMENT.matcher(Files.readString(source)).results().map(comment -> comment.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void rule_ofTheProtocol_isCitedByATestOrKeptElsewhere() throws IOException {
    Set<String> covered = cited();
    covered.addAll(ELSEWHERE.keySet());

    assertEquals(List.of(), rules().stream().filter(rule -> !covered.contains(rule)).toList());
  }

  @Test
  void citation_inATest_namesARule() throws IOException {
    Set<String> cited = cited();
    rules().forEach(cited::remove);

    assertEquals(Set.of(), cited);
  }

  @Test
  void exception_fromHavingATest_isOfARuleThatHasNone() throws IOException {
    Set<String> both = cited();
    both.retainAll(ELSEWHERE.keySet());

    assertEquals(Set.of(), both);
    assertEquals(Set.of(), without(ELSEWHERE.keySet(), rules()));
  }

  @Test
  void protocol_refersOnlyToRulesThatItHas_eachThereOnce() throws IOException {
    Set<String> referred =
        REFERENCE.matcher(protocol()).results().map(MatchResult::group).collect(Collectors.toSet());

    assertEquals(Set.of(), without(referred, rules()));
    assertEquals(rules().size(), Set.copyOf(rules()).size());
  }

  private static Set<String> without(Set<String> all, List<String> some) {
    Set<String> rest = new HashSet<>(all);
    some.forEach(rest::remove);
    return rest;
  }
}
