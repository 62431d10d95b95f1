package org.securechat.benchmarks.flat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.securechat.benchmarks.measure.Contender;
import org.securechat.benchmarks.measure.Ratio;
import org.securechat.benchmarks.stored.ClientIds;
import org.securechat.benchmarks.stored.StoredChat;
import org.securechat.benchmarks.stored.StoredConversation;

/**
 * Sends and pages in conversations of several sizes, each in a SQLite database of its own, by the
 * use cases themselves: HTTP and signatures cost the same everywhere and would hide differences.
 */
public final class Flatness implements AutoCloseable {
  private static final String SEND = "send";
  private static final String ORDERED = "send by ordered ids";
  private static final String PAGE = "page";

  private final List<SizedConversation> conversations = new ArrayList<>();

  /**
   * Fills the databases.
   *
   * @param folder where they are made; nobody else makes any there
   * @param messages sizes beside the smallest, 1,000
   * @param members sizes beside the smallest, 2
   * @param progress is told of each that is full
   */
  public Flatness(
      Path folder,
      List<Integer> messages,
      List<Integer> members,
      Clock clock,
      Consumer<String> progress) {
    for (Size size : Size.all(messages, members)) {
      Path file = folder.resolve("flat-" + conversations.size() + ".db");
      conversations.add(new SizedConversation(size, StoredChat.create(file, clock)));
      progress.accept("filled: " + size.name("a database"));
    }
  }

  /** Those who take turns. */
  public List<Contender> contenders() {
    List<Contender> contenders = new ArrayList<>();
    conversations.forEach(sized ->
        contenders.add(
            new SizedWork(SEND, sized, (stored, caller) -> stored.send(caller, ClientIds.RANDOM))));
    conversations.forEach(sized ->
        contenders.add(
            new SizedWork(
                ORDERED, sized, (stored, caller) -> stored.send(caller, ClientIds.ORDERED))));
    conversations.forEach(
        sized -> contenders.add(new SizedWork(PAGE, sized, StoredConversation::readPage)));
    return contenders;
  }

  /** Each by the smallest; 1 is flat. */
  public List<Ratio> ratios() {
    List<Ratio> ratios = new ArrayList<>();
    for (String what : List.of(SEND, ORDERED, PAGE)) {
      conversations.stream()
          .map(SizedConversation::size)
          .filter(size -> !size.equals(Size.SMALLEST))
          .forEach(size -> ratios.add(Ratio.of(size.name(what), Size.SMALLEST.name(what))));
    }
    return ratios;
  }

  @Override
  public void close() {
    conversations.forEach(SizedConversation::close);
  }
}
