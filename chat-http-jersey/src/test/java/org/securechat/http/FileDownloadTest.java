package org.securechat.http;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.securechat.domain.ChatPorts;
import org.securechat.domain.ChatSettings;
import org.securechat.domain.ChatStores;
import org.securechat.domain.file.FileStore;
import org.securechat.testkit.wire.WireGroup;
import org.securechat.testkit.wire.WireScheme;
import org.securechat.testkit.wire.WireUser;
import org.securechat.testkit.wire.WireWorld;

/** A file whose bytes go while somebody reads it. */
@Timeout(60)
class FileDownloadTest {
  private final InMemoryServer server =
      InMemoryServer.start(ChatSettings.defaults(), FileDownloadTest::losingTheThirdChunk);
  private final WireWorld world = new WireWorld(server.url(), server.clock(), WireScheme.RFC9421);

  private static ChatPorts losingTheThirdChunk(ChatPorts ports) {
    ChatStores stores = ports.stores();
    FileStore losing =
        (FileStore)
            Proxy.newProxyInstance(
                FileStore.class.getClassLoader(),
                new Class<?>[] {FileStore.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("chunk") && arguments[1].equals(2)) {
                    return Optional.empty();
                  }
                  try {
                    return method.invoke(stores.files(), arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return new ChatPorts(
        new ChatStores(
            stores.accounts(),
            stores.secondFactors(),
            stores.registrations(),
            stores.sessions(),
            stores.blocks(),
            stores.attempts(),
            stores.conversations(),
            stores.conversationKeys(),
            stores.messages(),
            losing,
            stores.replays()),
        ports.signatures(),
        ports.passwords(),
        ports.totpCodes(),
        ports.secretBox(),
        ports.names(),
        ports.events(),
        ports.random(),
        ports.clock());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void download_bytesGoneInTheMiddle_hasNoEnd() {
    WireUser alice = world.user("alice");
    WireGroup group = WireGroup.begin(alice);
    Map<String, @Nullable Object> file =
        alice
            .upload(group.path("/files?filename=file&mime_type=a/b"), WireGroup.bytes(200_000))
            .expect(201)
            .object("file");
    group.send(alice, group.message(alice, WireGroup.bytes(5), List.of(file), null));

    assertThrows(UncheckedIOException.class, () -> alice.get("/api/files/" + file.get("id")));

    alice.get("/api/files/" + file.get("id"), "Range", "bytes=0-131071").expect(206);
  }
}
