package org.securechat.testkit.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.securechat.domain.identity.Sha256;
import org.securechat.testkit.Background;
import org.securechat.testkit.wire.WireGroup.Line;

/**
 * What a server says at its limits and one above, where they are small: members 3, wrapped keys
 * 1,024 bytes, conversations a day 4, unanswered invitations 2, ciphertexts 1,024 bytes, files 1
 * MiB, 3 files and 2 MiB for a user, 2 uploads and 2 waits at once for a user.
 */
public interface SmallLimitsContract {
  /** A file that comes in two pieces; more than any buffer on its way holds. */
  byte[] SLOW = WireGroup.bytes(500_000);

  /** A server with these limits. */
  WireWorld world();

  private WireUser alice() {
    return world().user("alice");
  }

  private static Line admin(WireUser user) {
    return new Line(user, "admin");
  }

  private static Line member(WireUser user) {
    return new Line(user, "member");
  }

  private static String uploads(WireGroup group) {
    return group.path("/files?filename=file&mime_type=a/b");
  }

  @Test
  default void start_membersOverTheLimit_areRefused() {
    WireUser anna = world().user("anna");
    List<Line> three = List.of(admin(anna), member(alice()), member(world().user("bob")));
    List<Line> four =
        List.of(
            admin(anna),
            member(alice()),
            member(world().user("bob")),
            member(world().user("carol")));

    anna.post("/api/conversations", new WireGroup().start(anna, four)).refusedFields("statement");
    WireGroup group = new WireGroup();
    group.follow(anna.post("/api/conversations", group.start(anna, three)).expect(201), three);
    anna.post(group.path("/epochs"), group.next(anna, four)).refusedFields("statement");
  }

  @Test
  default void start_wrappedKeyOverTheLimit_isRefused() {
    WireUser berta = world().user("berta");
    Map<String, @Nullable Object> data = new WireGroup().start(berta, List.of(admin(berta)));

    data.put("keys", List.of(WireGroup.key(berta.id(), WireGroup.base64(WireGroup.bytes(1_025)))));
    berta.post("/api/conversations", data).refusedFields("keys");
    data.put("keys", List.of(WireGroup.key(berta.id(), WireGroup.base64(WireGroup.bytes(1_024)))));
    berta.post("/api/conversations", data).expect(201);
  }

  @Test
  default void start_oneTooManyInADay_isToldWhenToComeAgain() {
    WireUser clara = world().user("clara");
    for (int i = 0; i < 4; i++) {
      WireGroup.begin(clara);
    }

    WireAnswer answer =
        clara
            .post("/api/conversations", new WireGroup().start(clara, List.of(admin(clara))))
            .refused("429 rate_limited");

    long seconds = Long.parseLong(answer.header("Retry-After").orElseThrow());
    assertTrue(seconds > 86_000 && seconds <= 86_400, seconds + " s");
  }

  @Test
  default void start_oneInvitationTooMany_isRefused() {
    WireUser doris = world().user("doris");
    WireUser invited = world().user("bob");
    WireGroup.begin(doris, invited);
    WireGroup second = WireGroup.begin(doris, invited);

    doris
        .post(
            "/api/conversations",
            new WireGroup().start(doris, List.of(admin(doris), member(invited))))
        .refused("409 quota_exceeded");
    doris
        .post(
            second.path("/epochs"),
            second.next(doris, List.of(admin(doris), member(invited), member(alice()))))
        .refused("409 quota_exceeded");
    second.join(invited);
    WireGroup.begin(doris, invited);
  }

  @Test
  default void message_ciphertextOverTheLimit_isRefused() {
    WireUser erika = world().user("erika");
    WireGroup group = WireGroup.begin(erika);

    group.send(erika, group.message(erika, WireGroup.bytes(1_024), List.of(), null));
    Map<String, @Nullable Object> data =
        group.message(erika, WireGroup.bytes(1_025), List.of(), null);
    data.put("nonce", "");
    erika.post(group.path("/messages"), data).refusedFields("content", "nonce");
  }

  @Test
  default void upload_overTheLimit_isTooLargeAndNotKept() {
    WireUser frida = world().user("frida");
    WireGroup group = WireGroup.begin(frida);
    byte[] tooMuch = WireGroup.bytes((1 << 20) + 1);

    frida.upload(uploads(group), tooMuch).refused("413 too_large");
    frida.send(frida.prepareChunkedUpload(uploads(group), tooMuch)).refused("413 too_large");

    frida.upload(uploads(group), WireGroup.bytes(1 << 20)).expect(201);
    frida.send(frida.prepareChunkedUpload(uploads(group), WireGroup.bytes(1 << 20))).expect(201);
  }

  @Test
  default void upload_overTheQuota_isRefusedUntilAFileIsErased() {
    WireUser greta = world().user("greta");
    WireGroup group = WireGroup.begin(greta);
    Map<String, @Nullable Object> first =
        greta.upload(uploads(group), WireGroup.bytes(1 << 20)).expect(201).object("file");
    greta.upload(uploads(group), WireGroup.bytes(1 << 20)).expect(201);

    greta.upload(uploads(group), WireGroup.bytes(1)).refused("409 quota_exceeded");
    greta
        .send(greta.prepareChunkedUpload(uploads(group), WireGroup.bytes(1)))
        .refused("409 quota_exceeded");
    group.send(greta, group.message(greta, WireGroup.bytes(5), List.of(first), null));
    group.delete(greta, group.last());

    greta.upload(uploads(group), WireGroup.bytes(1)).expect(201);
  }

  @Test
  default void upload_oneFileTooMany_isRefused() {
    WireUser hanna = world().user("hanna");
    WireGroup group = WireGroup.begin(hanna);
    for (int i = 0; i < 3; i++) {
      hanna.upload(uploads(group), WireGroup.bytes(i)).expect(201);
    }

    hanna.upload(uploads(group), WireGroup.bytes(3)).refused("409 quota_exceeded");
  }

  @Test
  default void upload_oneTooManyAtOnce_isRefusedAndTheOthersGoOn() throws Exception {
    WireUser ida = world().user("ida");
    WireGroup group = WireGroup.begin(ida);
    PipedOutputStream rest = new PipedOutputStream();
    PipedOutputStream otherRest = new PipedOutputStream();
    CompletableFuture<WireAnswer> one = uploadFrom(ida, uploads(group), rest);
    CompletableFuture<WireAnswer> two = uploadFrom(ida, uploads(group), otherRest);
    for (PipedOutputStream begun : List.of(rest, otherRest)) {
      begun.write(SLOW, 0, SLOW.length - 1);
    }

    // Bytes that are not what was signed: nothing is kept of them as long as there is room.
    WireAnswer third;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    do {
      third = ida.upload(uploads(group), WireGroup.bytes(1), Sha256.of(WireGroup.bytes(2)));
    } while (third.status() == 401 && System.nanoTime() < deadline);

    third.refused("429 rate_limited");
    assertTrue(third.header("Retry-After").isPresent());
    for (PipedOutputStream end : List.of(rest, otherRest)) {
      end.write(SLOW, SLOW.length - 1, 1);
      end.close();
    }
    one.get(20, TimeUnit.SECONDS).expect(201);
    two.get(20, TimeUnit.SECONDS).expect(201);
    ida.upload(uploads(group), WireGroup.bytes(1)).expect(201);
  }

  /** Uploads {@link #SLOW}, which is still to be written. */
  private static CompletableFuture<WireAnswer> uploadFrom(
      WireUser user, String path, PipedOutputStream bytes) throws IOException {
    InputStream body = new PipedInputStream(bytes);
    HttpRequest.Builder request =
        user.prepareUpload(path, BodyPublishers.ofInputStream(() -> body), Sha256.of(SLOW));
    return Background.supply(() -> user.send(request));
  }

  @Test
  default void sync_oneWaitTooMany_endsTheOldest() throws Exception {
    WireUser irma = world().user("irma");
    WireGroup group = WireGroup.begin(irma);
    Map<String, @Nullable Object> after = WireJson.object(Long.toString(group.id()), 1L);
    Map<String, @Nullable Object> waiting = WireJson.object("after", after, "wait", 30L);
    List<CompletableFuture<WireAnswer>> waits =
        Stream.generate(() -> Background.supply(() -> irma.post("/api/sync", waiting)))
            .limit(3)
            .collect(Collectors.toList());

    CompletableFuture<Object> refused =
        CompletableFuture.anyOf(waits.toArray(CompletableFuture[]::new));
    ((WireAnswer) refused.get(20, TimeUnit.SECONDS)).refused("429 rate_limited");
    irma.post("/api/sync", WireJson.object("after", after)).expect(200);
    waits.removeIf(CompletableFuture::isDone);
    assertEquals(2, waits.size());
    group.send(irma, "wake up");

    for (CompletableFuture<WireAnswer> wait : waits) {
      assertEquals(2L, wait.get(20, TimeUnit.SECONDS).expect(200).at("events.0.entry.id"));
    }
  }
}
