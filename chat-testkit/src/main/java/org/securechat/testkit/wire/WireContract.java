package org.securechat.testkit.wire;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Sections 5 to 7 of the wire contract, all of it, against one server. */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class WireContract {

  /** The server and its users; the same at each call. */
  protected abstract WireWorld world();

  @Nested
  class Conversations implements ConversationApiContract {
    @Override
    public WireWorld world() {
      return WireContract.this.world();
    }
  }

  @Nested
  class Timelines implements TimelineApiContract {
    @Override
    public WireWorld world() {
      return WireContract.this.world();
    }
  }

  @Nested
  class Files implements FileApiContract {
    @Override
    public WireWorld world() {
      return WireContract.this.world();
    }
  }

  @Nested
  class Syncs implements SyncApiContract {
    @Override
    public WireWorld world() {
      return WireContract.this.world();
    }
  }
}
