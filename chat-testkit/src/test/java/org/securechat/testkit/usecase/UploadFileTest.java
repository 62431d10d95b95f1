package org.securechat.testkit.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.securechat.domain.ChatSettings;
import org.securechat.domain.file.FileName;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.file.FileSettings;
import org.securechat.domain.file.FileStore;
import org.securechat.domain.file.Files;
import org.securechat.domain.file.MimeType;
import org.securechat.domain.file.Upload;
import org.securechat.domain.file.UploadFile.Arriving;
import org.securechat.domain.file.UploadFile.TooLargeException;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestGroup.Person;
import org.securechat.testkit.TestUser;

/** An upload that breaks leaves nothing behind, however it breaks. */
class UploadFileTest {
  private static final int MAX_BYTES = 3 * FileStore.CHUNK;

  private final ChatFixture fixture = new ChatFixture();
  private final Member alice = fixture.join(TestUser.named("alice"));
  private final FileStore store = fixture.ports.stores().files();
  private final List<Upload> begun = new ArrayList<>();
  private final List<Integer> written = new ArrayList<>();
  private final ConversationId conversation = begin();
  private final Files files = files();

  private ConversationId begin() {
    TestGroup group = TestGroup.create();
    return fixture
        .chat
        .conversations()
        .start()
        .start(
            fixture.calling(alice),
            group.id(),
            Optional.empty(),
            group.first(new Person(alice.id(), alice.user())))
        .id();
  }

  private Files files() {
    FileSettings defaults = ChatSettings.defaults().files();
    return new Files(
        watched(),
        fixture.ports.stores().conversations(),
        new FileSettings(
            MAX_BYTES,
            defaults.filesPerUser(),
            defaults.bytesPerUser(),
            defaults.uploadsAtOnce(),
            defaults.unattached()),
        fixture.ports.random(),
        fixture.clock);
  }

  private FileStore watched() {
    return (FileStore)
        Proxy.newProxyInstance(
            FileStore.class.getClassLoader(),
            new Class<?>[] {FileStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("begin")) {
                begun.add((Upload) arguments[0]);
              } else if (method.getName().equals("write")) {
                written.add((Integer) arguments[1]);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private FileRecord upload(InputStream bytes, Sha256 promised) throws IOException {
    return files
        .upload()
        .upload(
            fixture.calling(alice),
            conversation,
            new FileName("file"),
            new MimeType("a/b"),
            new Arriving(bytes, OptionalLong.empty(), promised));
  }

  /** An upload that is gone takes no more chunks. */
  private void assertGone(int chunks) {
    assertEquals(chunks, written.size());
    assertThrows(
        IllegalStateException.class, () -> store.write(begun.get(0).id(), chunks, new byte[1]));
  }

  /** What happens when there is no more. */
  private interface End {
    void happen() throws IOException;
  }

  private static InputStream endingWith(byte[] bytes, End end) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        if (read < 0 && length > 0) {
          end.happen();
        }
        return read;
      }
    };
  }

  private static byte[] chunks(int count) {
    return new byte[count * FileStore.CHUNK];
  }

  @Test
  void upload_connectionBreaks_leavesNothing() {
    InputStream arriving =
        endingWith(
            chunks(2),
            () -> {
              throw new IOException("broken");
            });

    assertThrows(IOException.class, () -> upload(arriving, Sha256.of(chunks(3))));

    assertGone(2);
  }

  @Test
  void upload_moreThanMayBe_leavesNothing() {
    byte[] bytes = chunks(4);

    assertThrows(
        TooLargeException.class, () -> upload(new ByteArrayInputStream(bytes), Sha256.of(bytes)));

    assertGone(3);
  }

  @Test
  void upload_otherBytesThanPromised_leavesNothing() {
    ChatFixture.assertRejected(
        Rejection.INVALID_SIGNATURE,
        () -> upload(new ByteArrayInputStream(chunks(2)), Sha256.of(chunks(1))));

    assertGone(2);
  }

  @Test
  void upload_sessionEndsMeanwhile_leavesNothing() {
    InputStream ending =
        endingWith(
            chunks(1), () -> fixture.chat.accounts().logOut().logOut(fixture.calling(alice)));

    ChatFixture.assertRejected(
        Rejection.NOT_AUTHENTICATED, () -> upload(ending, Sha256.of(chunks(1))));

    assertGone(1);
  }

  @Test
  void upload_toItsEnd_isAFile() throws IOException {
    byte[] bytes = chunks(2);

    FileRecord file = upload(new ByteArrayInputStream(bytes), Sha256.of(bytes));

    assertEquals(file, store.find(file.id()).orElseThrow().file());
  }
}
