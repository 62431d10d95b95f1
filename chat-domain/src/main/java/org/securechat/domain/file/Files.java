package org.securechat.domain.file;

import java.time.Clock;
import org.securechat.domain.conversation.ConversationStore;
import org.securechat.domain.identity.RandomSource;

/** The use cases of files. Safe for use by many threads. */
public final class Files {
  private final UploadFile upload;
  private final ReadFile read;

  public Files(
      FileStore files,
      ConversationStore conversations,
      FileSettings settings,
      RandomSource random,
      Clock clock) {
    upload = new UploadFile(files, settings, random, clock);
    read = new ReadFile(files, conversations, clock);
  }

  public UploadFile upload() {
    return upload;
  }

  public ReadFile read() {
    return read;
  }
}
