package org.securechat.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameContaining;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.credential.CredentialGate;
import org.securechat.domain.credential.PasswordHasher;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.rejection.RejectedException;

/** The shape of the whole, checked where all modules meet. */
class ArchitectureTest {
  private static final JavaClasses CHAT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.securechat");

  /**
   * The refusals that only the holder of the data can find: a taken name, a spent {@code Once}, a
   * session that is gone.
   */
  private static final Set<String> REJECTIONS_OF_STORES =
      Set.of("usernameTaken", "emailTaken", "replayedRequest", "notAuthenticated");

  /** Guards the other rules: a rule about a package that does not exist always passes. */
  @ParameterizedTest
  @ValueSource(
      strings = {"domain", "crypto", "protocol", "client", "persistence", "http", "testkit", "app"})
  void everyModuleIsOnTheClassPath(String module) {
    assertTrue(
        CHAT.stream().anyMatch(c -> c.getPackageName().startsWith("org.securechat." + module)),
        module);
  }

  @Test
  void domainKnowsOnlyTheJdk() {
    classes()
        .that()
        .resideInAPackage("org.securechat.domain..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "org.securechat.domain..",
            "java.io",
            "java.lang",
            "java.lang.annotation",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.nio",
            "java.nio.charset",
            "java.security",
            "java.text",
            "java.time",
            "java.time.temporal",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.util.concurrent.locks",
            "java.util.function",
            "java.util.regex",
            "java.util.stream",
            "org.jspecify.annotations")
        .check(CHAT);
  }

  /** By default, numbers get the digits of the device's language: signatures and JSON break. */
  @Test
  void clientsFormatInNoLanguage() {
    noClasses()
        .that()
        .resideInAnyPackage("org.securechat.protocol..", "org.securechat.client..")
        .should()
        .callMethod(String.class, "formatted", Object[].class)
        .orShould()
        .callMethod(String.class, "format", String.class, Object[].class)
        .orShould()
        .callMethod(String.class, "toLowerCase")
        .orShould()
        .callMethod(String.class, "toUpperCase")
        .check(CHAT);
  }

  @Test
  void adaptersDoNotKnowEachOther() {
    slices()
        .matching("org.securechat.(crypto|persistence|http)..")
        .should()
        .notDependOnEachOther()
        .check(CHAT);
  }

  @Test
  void protocolKnowsIdentitiesAndCryptoOnly() {
    classes()
        .that()
        .resideInAPackage("org.securechat.protocol..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "org.securechat.protocol..",
            "org.securechat.crypto..",
            "org.securechat.domain.identity",
            "org.securechat.domain.rejection",
            "org.securechat.domain.transcript",
            "org.bouncycastle..",
            "com.fasterxml.jackson.core..",
            "java.io",
            "java.lang",
            "java.lang.annotation",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.math",
            "java.nio",
            "java.nio.charset",
            "java.security",
            "java.text",
            "java.time",
            "java.util",
            "java.util.concurrent",
            "java.util.function",
            "java.util.regex",
            "java.util.stream",
            "javax.crypto",
            "javax.crypto.spec",
            "org.jspecify.annotations")
        .check(CHAT);
  }

  @Test
  void clientKnowsNothingOfAServersInside() {
    noClasses()
        .that()
        .resideInAPackage("org.securechat.client..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.securechat..")
                .and(
                    not(
                        resideInAnyPackage(
                            "org.securechat.client..",
                            "org.securechat.protocol..",
                            "org.securechat.crypto",
                            "org.securechat.domain.identity",
                            "org.securechat.domain.rejection",
                            "org.securechat.domain.transcript"))))
        .check(CHAT);
  }

  /** So that a server starts without loading any of it. */
  @Test
  void oneClassOfTheServerKnowsTheClient() {
    noClasses()
        .that(
            resideInAPackage("org.securechat..")
                .and(
                    not(resideInAnyPackage("org.securechat.client..", "org.securechat.protocol..")))
                .and(not(simpleName("ClientLauncher"))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.securechat.client..", "org.securechat.protocol..")
        .check(CHAT);
  }

  @Test
  void sdkKnowsNothingOfTheTerminal() {
    noClasses()
        .that(
            resideInAPackage("org.securechat.client..")
                .and(not(resideInAPackage("org.securechat.client.terminal.."))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.securechat.client.terminal..", "picocli..", "com.google.zxing..", "org.jline..")
        .check(CHAT);
  }

  /** So that every other command starts without loading it. */
  @Test
  void oneClassTakesOverTheTerminal() {
    noClasses()
        .that(
            resideInAPackage("org.securechat..")
                .and(not(nameContaining("JlineScreen")))
                .and(not(simpleName("Columns"))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.jline..")
        .check(CHAT);
  }

  @Test
  void nothingKnowsTheCompositionRoot() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.securechat.app..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.securechat.app..")
        .check(CHAT);
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching("org.securechat.(**)").should().beFreeOfCycles().check(CHAT);
  }

  @Test
  void domainsSubjectsDoNotKnowItsRoot() {
    noClasses()
        .that()
        .resideInAPackage("org.securechat.domain.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.securechat.domain")
        .check(CHAT);
  }

  @Test
  void timeComesFromAClock() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.securechat.app..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .check(CHAT);
  }

  @Test
  void adaptersConstructNoRejectionsButThoseOfStores() {
    noClasses()
        .that(
            resideInAnyPackage(
                "org.securechat.crypto..",
                "org.securechat.persistence..",
                "org.securechat.testkit.memory.."))
        .should()
        .callMethodWhere(makesARejectionOtherThan(REJECTIONS_OF_STORES))
        .check(CHAT);
  }

  /**
   * The HTTP module has refusals of its own for framing; of the domain's it makes bad fields only.
   */
  @Test
  void httpConstructsNoRejectionsButBadFields() {
    noClasses()
        .that(resideInAPackage("org.securechat.http.."))
        .should()
        .callMethodWhere(makesARejectionOtherThan(Set.of("invalidFields")))
        .check(CHAT);
  }

  private static DescribedPredicate<JavaMethodCall> makesARejectionOtherThan(Set<String> allowed) {
    return new DescribedPredicate<>("makes a rejection other than " + allowed) {
      @Override
      public boolean test(JavaMethodCall call) {
        MethodCallTarget target = call.getTarget();
        return target.getOwner().isEquivalentTo(RejectedException.class)
            && target.getRawReturnType().isEquivalentTo(RejectedException.class)
            && !allowed.contains(target.getName());
      }
    };
  }

  @Test
  void oneClassVerifiesRequests() {
    assertEquals(
        Set.of("VerifySignedRequest", "SignedEncryptionKey", "EpochProposal", "DeleteMessage"),
        callersInTheDomain(SignatureVerifier.class, "verify"));
  }

  @Test
  void oneGateChecksPasswords() {
    assertEquals(
        Set.of(CredentialGate.class.getSimpleName()),
        callersInTheDomain(PasswordHasher.class, "matches"));
  }

  private static Set<String> callersInTheDomain(Class<?> port, String method) {
    return CHAT.stream()
        .filter(resideInAPackage("org.securechat.domain.."))
        .filter(each ->
            each.getMethodCallsFromSelf().stream()
                .anyMatch(call ->
                    call.getTargetOwner().isEquivalentTo(port) && call.getName().equals(method)))
        .map(JavaClass::getSimpleName)
        .collect(Collectors.toSet());
  }

  @Test
  void everyPortHasAContract() {
    List<String> uncovered =
        CHAT.stream()
            .filter(c -> c.isInterface() && c.getPackageName().startsWith("org.securechat.domain."))
            .filter(c -> !c.reflect().isSealed() && c.isTopLevelClass())
            .map(JavaClass::getSimpleName)
            .filter(port -> !port.equals("package-info"))
            .filter(
                port -> CHAT.stream().noneMatch(c -> c.getSimpleName().equals(port + "Contract")))
            .toList();
    assertEquals(List.of(), uncovered);
  }
}
