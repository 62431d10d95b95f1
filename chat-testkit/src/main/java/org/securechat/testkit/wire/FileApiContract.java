package org.securechat.testkit.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.securechat.domain.identity.Sha256;
import org.securechat.testkit.wire.WireGroup.Line;

/** What section 6 of the wire contract promises of files. */
public interface FileApiContract {
  /** Who is there, and where. */
  WireWorld world();

  private WireUser alice() {
    return world().user("alice");
  }

  private WireUser bob() {
    return world().user("bob");
  }

  private WireUser carol() {
    return world().user("carol");
  }

  private static String uploads(WireGroup group) {
    return group.path("/files?filename=file&mime_type=application%2Foctet-stream");
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static Map<String, @Nullable Object> upload(WireGroup group, WireUser by, byte[] bytes) {
    return by.upload(uploads(group), bytes).expect(201).object("file");
  }

  private static String path(Map<String, @Nullable Object> file) {
    return "/api/files/" + file.get("id");
  }

  private static Map<String, @Nullable Object> send(
      WireGroup group, WireUser by, Map<String, @Nullable Object> file) {
    return group.send(by, group.message(by, WireGroup.bytes(5), List.of(file), null));
  }

  @Test
  default void export_user_holdsConversationsAndFiles() {
    WireUser zoe = world().user("zoe");
    WireGroup quiet = WireGroup.begin(zoe, alice());
    WireGroup group = WireGroup.begin(alice(), zoe);
    group.join(zoe);
    Map<String, @Nullable Object> sent = upload(group, zoe, noise(10));
    Map<String, @Nullable Object> unsent = upload(group, zoe, noise(20));
    send(group, zoe, sent);
    long message = group.last();
    zoe.post(group.path("/read"), WireJson.object("up_to", message)).expect(200);

    WireAnswer export = zoe.get("/api/me/export").expect(200);

    assertEquals(
        List.of(quiet.id(), group.id()),
        export.objects("conversations").stream().map(each -> each.get("id")).toList());
    assertEquals(1, export.objects("conversations.1.participants").size());
    assertEquals(zoe.id(), export.at("conversations.1.participants.0.user_id"));
    assertEquals(message, export.at("conversations.1.participants.0.read_up_to"));
    for (Map<String, @Nullable Object> file : export.objects("files")) {
      boolean isSent = sent.equals(file.get("file"));
      assertTrue(isSent || unsent.equals(file.get("file")));
      assertEquals(group.id(), file.get("conversation_id"));
      assertEquals(isSent ? message : null, file.get("message_id"));
    }
    assertEquals(2, export.objects("files").size());
    assertEquals(List.of(), world().user("yves").get("/api/me/export").at("files"));
  }

  @Test
  default void upload_bytes_areDescribed() {
    WireGroup group = WireGroup.begin(alice());
    byte[] bytes = noise(200_000);

    WireAnswer answer =
        alice()
            .upload(group.path("/files?filename=a+b%C3%A4.txt&mime_type=text/plain"), bytes)
            .expect(201);

    assertEquals(List.of("file"), answer.names(""));
    Map<String, @Nullable Object> file = answer.object("file");
    assertEquals(
        WireJson.object(
            "id",
            file.get("id"),
            "filename",
            "a bä.txt",
            "mime_type",
            "text/plain",
            "file_size",
            200_000L,
            "sha256",
            Sha256.of(bytes).toHex()),
        file);
    assertEquals(
        List.of("id", "filename", "mime_type", "file_size", "sha256"), answer.names("file"));
    assertArrayEquals(bytes, alice().get(path(file)).expect(200).bytes());
  }

  @Test
  default void upload_ofNoBytes_isAFile() {
    WireGroup group = WireGroup.begin(alice());

    Map<String, @Nullable Object> file = upload(group, alice(), new byte[0]);

    assertEquals(0L, file.get("file_size"));
    assertEquals(0, alice().get(path(file)).expect(200).bytes().length);
  }

  @Test
  default void upload_parametersOutOfForm_namesThem() {
    WireGroup group = WireGroup.begin(alice());
    byte[] bytes = noise(10);
    String longest = "n".repeat(255);

    alice().upload(group.path("/files"), bytes).refusedFields("filename", "mime_type");
    alice()
        .upload(group.path("/files?filename=&mime_type="), bytes)
        .refusedFields("filename", "mime_type");
    alice()
        .upload(group.path("/files?filename=" + longest + "n&mime_type=" + "m".repeat(101)), bytes)
        .refusedFields("filename", "mime_type");
    alice()
        .upload(group.path("/files?filename=%0A&mime_type=a/b"), bytes)
        .refusedFields("filename");
    alice()
        .upload(group.path("/files?filename=%FF&mime_type=a/b"), bytes)
        .refusedFields("filename");
    alice()
        .upload(group.path("/files?filename=a&filename=b&mime_type=a/b"), bytes)
        .refusedFields("filename");
    alice()
        .upload(group.path("/files?filename=" + longest + "&mime_type=" + "m".repeat(100)), bytes)
        .expect(201);
  }

  @Test
  default void upload_anotherDigestThanSigned_isNotKept() {
    WireGroup group = WireGroup.begin(alice());
    byte[] bytes = noise(70_000);

    alice()
        .upload(uploads(group), bytes, Sha256.of(noise(70_001)))
        .refused("401 invalid_signature");
    alice().upload(uploads(group), bytes).expect(201);
  }

  @Test
  default void upload_asJson_isAnotherMediaType() {
    WireGroup group = WireGroup.begin(alice());
    HttpRequest.Builder json = alice().prepare("POST", uploads(group), "{}");

    alice().send(json).refused("415 unsupported_media_type");
  }

  @Test
  default void file_beforeItIsSent_isItsUploadersOnly() {
    WireGroup group = WireGroup.joined(alice(), bob());
    Map<String, @Nullable Object> file = upload(group, alice(), noise(10));
    WireAnswer unknown = bob().get("/api/files/1").refused("404 not_found");

    WireAnswer hers = bob().get(path(file)).refused("404 not_found");
    alice().get(path(file)).expect(200);

    assertArrayEquals(unknown.bytes(), hers.bytes());
    assertEquals(unknown.steadyHeaders(), hers.steadyHeaders());
    for (String id : ConversationApiContract.UNKNOWN) {
      assertArrayEquals(
          unknown.bytes(), bob().get("/api/files/" + id).refused("404 not_found").bytes());
    }
  }

  @Test
  default void file_sent_isForWhoeverMayReadTheMessage() {
    WireGroup group = WireGroup.joined(alice(), bob());
    byte[] bytes = noise(65_536);
    Map<String, @Nullable Object> file = upload(group, alice(), bytes);
    Map<String, @Nullable Object> entry = send(group, alice(), file);
    List<Line> three =
        List.of(new Line(alice(), "admin"), new Line(bob(), "member"), new Line(carol(), "member"));
    group.advance(alice(), three);
    group.join(carol());

    assertEquals(List.of(file), entry.get("files"));
    assertArrayEquals(bytes, bob().get(path(file)).expect(200).bytes());
    carol().get(path(file)).refused("404 not_found");
    bob().post(group.path("/leave"), "{}").expect(200);
    bob().get(path(file)).refused("404 not_found");
  }

  @Test
  default void file_usedTwiceOrElsewhereOrBySomebodyElse_isRefused() {
    WireGroup group = WireGroup.joined(alice(), bob());
    WireGroup other = WireGroup.joined(alice(), bob());
    Map<String, @Nullable Object> first = upload(group, alice(), noise(1));
    Map<String, @Nullable Object> second = upload(group, alice(), noise(2));

    bob()
        .post(
            group.path("/messages"), group.message(bob(), WireGroup.bytes(5), List.of(first), null))
        .refusedFields("file_ids");
    alice()
        .post(
            other.path("/messages"),
            other.message(alice(), WireGroup.bytes(5), List.of(first), null))
        .refusedFields("file_ids");
    Map<String, @Nullable Object> entry =
        group.send(
            alice(), group.message(alice(), WireGroup.bytes(5), List.of(second, first), null));
    assertEquals(List.of(second, first), entry.get("files"));
    alice()
        .post(
            group.path("/messages"),
            group.message(alice(), WireGroup.bytes(5), List.of(first), null))
        .refusedFields("file_ids");
  }

  @Test
  default void file_ofADeletedOrExpiredMessage_isGone() {
    WireGroup group = WireGroup.joined(alice(), bob());
    Map<String, @Nullable Object> deleted = upload(group, bob(), noise(10));
    send(group, bob(), deleted);
    group.delete(bob(), group.last());
    bob().get(path(deleted)).refused("404 not_found");
    assertEquals(
        List.of(deleted), alice().get(group.path("/messages?after=1")).at("messages.0.files"));
    Map<String, @Nullable Object> expiring = upload(group, bob(), noise(11));
    group.send(bob(), group.message(bob(), WireGroup.bytes(5), List.of(expiring), 60L));
    bob().get(path(expiring)).expect(200);

    world().clock().advance(Duration.ofSeconds(61));

    bob().get(path(expiring)).refused("404 not_found");
  }

  @Test
  default void download_always_isAnAttachment() {
    WireGroup group = WireGroup.begin(alice());
    Map<String, @Nullable Object> file =
        alice()
            .upload(group.path("/files?filename=x.html&mime_type=text/html"), noise(10))
            .expect(201)
            .object("file");

    WireAnswer answer = alice().get(path(file)).expect(200);
    WireAnswer head = alice().head(path(file)).expect(200);

    assertEquals("application/octet-stream", answer.header("Content-Type").orElseThrow());
    assertTrue(answer.header("Content-Disposition").orElseThrow().startsWith("attachment"));
    assertEquals("10", answer.header("Content-Length").orElseThrow());
    assertEquals(answer.header("ETag"), head.header("ETag"));
    assertEquals("10", head.header("Content-Length").orElseThrow());
    assertEquals(0, head.bytes().length);
  }

  @Test
  default void download_inPartsOrKnown_isAnsweredAsAsked() {
    WireGroup group = WireGroup.begin(alice());
    byte[] bytes = noise(150_000);
    Map<String, @Nullable Object> file = upload(group, alice(), bytes);
    String tag = alice().get(path(file)).expect(200).header("ETag").orElseThrow();

    WireAnswer middle = alice().get(path(file), "Range", "bytes=65530-131080").expect(206);
    WireAnswer end = alice().get(path(file), "Range", "bytes=-5").expect(206);
    WireAnswer outside = alice().get(path(file), "Range", "bytes=150000-").expect(416);
    WireAnswer known = alice().get(path(file), "If-None-Match", tag).expect(304);

    assertArrayEquals(Arrays.copyOfRange(bytes, 65_530, 131_081), middle.bytes());
    assertEquals("bytes 65530-131080/150000", middle.header("Content-Range").orElseThrow());
    assertArrayEquals(Arrays.copyOfRange(bytes, 149_995, 150_000), end.bytes());
    assertEquals("bytes */150000", outside.header("Content-Range").orElseThrow());
    assertEquals(0, known.bytes().length);
  }

  @Test
  default void upload_ofTheSameRequestAgain_isAReplay() {
    WireGroup group = WireGroup.begin(alice());
    HttpRequest.Builder request = alice().prepareUpload(uploads(group), noise(10));

    alice().send(request).expect(201);
    alice().send(request).refused("401 replayed_request");
  }
}
