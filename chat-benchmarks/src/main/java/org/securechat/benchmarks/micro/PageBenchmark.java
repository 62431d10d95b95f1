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
import org.securechat.protocol.conversation.VerifiedMessage;

/**
 * Opening a page of 50 messages, the second that a client opens since it was started: the warm-up
 * is the first.
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

  private ExportedConversation conversation;
  private int next;

  @Setup
  public void make() throws IOException, GeneralSecurityException {
    conversation = ExportedConversation.of(2 * PAGE, true);
  }

  @Benchmark
  public List<MessageContent> open() {
    List<MessageContent> contents = new ArrayList<>();
    for (VerifiedMessage message : conversation.messages().subList(next, next + PAGE)) {
      contents.add(message.open(conversation.key()).orElseThrow());
    }
    next += PAGE;
    return contents;
  }
}
