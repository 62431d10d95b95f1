package org.securechat.benchmarks.micro;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.EntryJson;
import org.securechat.protocol.conversation.Transcript;
import org.securechat.protocol.conversation.VerifiedEntry;
import org.securechat.protocol.conversation.VerifiedMessage;
import org.securechat.protocol.json.StrictJson;

/**
 * Opening a page of 50 messages (JSON, verifying and deciphering), the second that a client opens
 * since it was started: the warm-up is the first.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 1)
@Fork(10)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class PageBenchmark {
  private static final int PAGE = 50;

  /** More than anybody asks for iterations. */
  private static final int PAGES = 20;

  private ExportedConversation conversation;
  private List<byte[]> messages;
  private Transcript transcript;
  private int next;

  @Setup
  public void make() throws IOException, GeneralSecurityException {
    conversation = ExportedConversation.of(PAGES * PAGE, true);
    messages = conversation.messages();
    transcript = conversation.transcript();
  }

  @Benchmark
  public List<MessageContent> open() throws Exception {
    List<MessageContent> contents = new ArrayList<>();
    for (byte[] json : messages.subList(next, next + PAGE)) {
      VerifiedEntry entry = transcript.accept(EntryJson.read(StrictJson.object(json)));
      contents.add(((VerifiedMessage) entry).open(conversation.key()).orElseThrow());
    }
    next += PAGE;
    return contents;
  }
}
