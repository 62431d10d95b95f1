package org.securechat.benchmarks.flat;

import java.time.Duration;
import java.util.function.ObjIntConsumer;
import org.securechat.benchmarks.alone.WritesAlone;
import org.securechat.benchmarks.measure.Contender;
import org.securechat.benchmarks.measure.Slice;
import org.securechat.benchmarks.stored.StoredConversation;

/** Something done over and over in a conversation of a size. */
final class SizedWork implements Contender {
  private final String what;
  private final SizedConversation sized;
  private final ObjIntConsumer<StoredConversation> work;

  /**
   * Takes the work.
   *
   * @param work is told which caller it is, from 0
   */
  SizedWork(String what, SizedConversation sized, ObjIntConsumer<StoredConversation> work) {
    this.what = what;
    this.sized = sized;
    this.work = work;
  }

  @Override
  public String name() {
    return sized.size().name(what);
  }

  @Override
  public Slice run(int connections, Duration length) {
    StoredConversation conversation = sized.fit();
    return new WritesAlone(name(), caller -> work.accept(conversation, caller))
        .run(connections, length);
  }
}
