package org.securechat.client.terminal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.securechat.client.User;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.conversation.ConversationInfo;
import org.securechat.client.terminal.chat.ChatForm;
import org.securechat.client.terminal.chat.ChatInput;
import org.securechat.client.terminal.chat.ProgressBar;
import org.securechat.client.terminal.chat.Screen;
import org.securechat.client.terminal.chat.SlashCommand;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.protocol.content.AttachedFile;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.Contacts.Contact;
import org.securechat.protocol.conversation.ShownEntry;
import org.securechat.protocol.file.DamagedFileException;
import org.securechat.protocol.file.EncryptingStream;

/** Does what the commands of a chat say. For one thread. */
final class ChatOrders {
  private static final String YES = "yes";

  private final Conversation conversation;
  private final Participants participants;
  private final People people;
  private final ChatView view;
  private final Screen screen;
  private final ChatForm form;
  private final Outbox outbox;
  private final Runnable decided;
  private final boolean colours;

  /**
   * Those of one chat.
   *
   * @param decided is told that the user has decided about somebody
   */
  ChatOrders(
      Conversation conversation,
      Participants participants,
      People people,
      ChatView view,
      Screen screen,
      ChatForm form,
      Outbox outbox,
      Runnable decided,
      boolean colours) {
    this.conversation = conversation;
    this.participants = participants;
    this.people = people;
    this.view = view;
    this.screen = screen;
    this.form = form;
    this.outbox = outbox;
    this.decided = decided;
    this.colours = colours;
  }

  /**
   * Does one.
   *
   * @return whether the chat goes on
   */
  boolean execute(ChatInput.Order order) throws IOException {
    switch (order.command()) {
      case HELP -> help();
      case MORE -> view.more();
      case SHOW -> screen.print(form.whole(entry(order.number())));
      case REPLY -> reply(order);
      case EDIT -> edit(order);
      case REACT -> react(order);
      case DELETE -> delete(order.number());
      case SEND -> send(order);
      case SAVE -> save(order);
      case AGAIN -> again();
      case DISCARD -> outbox.discard();
      case READ -> read(order.number());
      case MEMBERS -> screen.print(form.people(participants.about(conversation)));
      case ADD -> add(order.users());
      case REMOVE -> remove(order.users());
      case ADMIN -> makeAdmin(order.users().get(0));
      case NAME -> conversation.send(new MessageContent.Name(order.text()));
      case EXPIRE -> expire(order.text());
      case SAFETY -> safety(order.users().get(0));
      case VERIFIED -> verified(order.users().get(0));
      case TRUST -> trust(order.users().get(0));
      case RENEW -> conversation.renewKey();
      case LEAVE -> {
        return !leave();
      }
      case QUIT -> {
        return false;
      }
    }
    view.refresh();
    return true;
  }

  private void note(String sentences) {
    screen.print(form.note(sentences));
  }

  private void help() {
    List<String> lines = new ArrayList<>();
    for (SlashCommand each : EnumSet.complementOf(EnumSet.of(SlashCommand.HELP))) {
      lines.add(String.format(Locale.ROOT, "  %-20s %s", each.usage(), each.help()));
    }
    lines.add("  Anything else is said; //x says /x. Tab completes commands and names.");
    lines.forEach(this::note);
  }

  private ShownEntry entry(long id) {
    return view.find(id)
        .orElseThrow(() -> new UsageException("There is no message " + id + " to be seen here."));
  }

  private ShownEntry.Message message(long id) {
    if (entry(id) instanceof ShownEntry.Message message) {
      return message;
    }
    throw new UsageException(id + " is no message that can be used.");
  }

  private void reply(ChatInput.Order order) {
    long target = message(order.number()).id();
    outbox.send(new MessageContent.Text(order.text(), Optional.of(target)));
  }

  private void edit(ChatInput.Order order) {
    ShownEntry.Message message = message(order.number());
    if (!participants.isSelf(message.sender().user())) {
      throw new UsageException(
          "Message " + message.id() + " is " + message.sender().name().value() + "'s, not yours.");
    }
    if (!(message.content() instanceof MessageContent.Text
        || message.content() instanceof MessageContent.Files)) {
      throw new UsageException("Message " + message.id() + " has no text to be edited.");
    }
    outbox.edit(message.id(), order.text());
  }

  private void react(ChatInput.Order order) {
    conversation.react(message(order.number()).id(), order.text());
  }

  private void delete(long id) {
    ShownEntry entry = entry(id);
    if (entry instanceof ShownEntry.Message || entry instanceof ShownEntry.Locked) {
      conversation.delete(id);
    } else {
      throw new UsageException(id + " is no message that can be deleted.");
    }
  }

  private void send(ChatInput.Order order) throws IOException {
    Path file = path(order.path());
    if (Files.isDirectory(file)) {
      throw new UsageException(file + " is a folder.");
    }
    try {
      String type = Files.probeContentType(file);
      conversation.sendFile(
          file,
          Objects.requireNonNullElse(type, "application/octet-stream"),
          Optional.of(order.text()).filter(text -> !text.isEmpty()),
          outbox.lifetime(),
          progress(file.getFileName().toString(), EncryptingStream.lengthOf(Files.size(file))));
    } catch (NoSuchFileException e) {
      throw new UsageException("There is no file " + file + ".");
    }
  }

  private void save(ChatInput.Order order) throws IOException {
    if (!(message(order.number()).content() instanceof MessageContent.Files files)) {
      throw new UsageException("Message " + order.number() + " has no file.");
    }
    if (order.file() > files.files().size()) {
      throw new UsageException("Message " + order.number() + " has no file " + order.file() + ".");
    }
    AttachedFile file = files.files().get(order.file() - 1);
    Path target = path(order.path());
    if (Files.isDirectory(target)) {
      throw new UsageException(target + " is a folder: type the file's name, too.");
    }
    try {
      conversation.saveFile(file, target, progress(file.name(), file.size()));
      note("Saved as " + target + ".");
    } catch (FileAlreadyExistsException e) {
      throw new UsageException(target + " exists already; it was left alone.");
    } catch (NoSuchFileException e) {
      throw new UsageException("There is no folder for " + target + ".");
    } catch (DamagedFileException e) {
      throw new UsageException("That is not the file that was sent; nothing was saved.");
    }
  }

  /** As it was typed; only the home folder's sign means something, as in a shell. */
  private static Path path(String typed) {
    try {
      return typed.startsWith("~/")
          ? Path.of(System.getProperty("user.home"), typed.substring(2))
          : Path.of(typed);
    } catch (InvalidPathException e) {
      throw new UsageException("That can't be the name of a file here.");
    }
  }

  /** Draws the bar anew when a percent more is done. */
  private LongConsumer progress(String name, long total) {
    long step = Math.max(1, total / 100);
    long[] drawn = {-1};
    return done -> {
      if (done / step != drawn[0]) {
        drawn[0] = done / step;
        screen.status(ProgressBar.line(name, done, total));
      }
    };
  }

  private void again() {
    if (outbox.waiting().isEmpty()) {
      note("There is nothing that could not be sent.");
    }
    outbox.sendAgain();
  }

  private void read(long number) {
    long id = number == 0 ? view.lastOwn() : message(number).id();
    if (id == 0) {
      throw new UsageException("Of which message? You have none on this screen.");
    }
    ConversationInfo info = conversation.info();
    String readers =
        info.participants().orElse(List.of()).stream()
            .filter(each -> each.readUpTo() >= id && !participants.isSelf(each.user()))
            .filter(each -> conversation.epoch().member(each.user()).isPresent())
            .map(each -> participants.name(conversation, each.user()))
            .collect(Collectors.joining(", "));
    note(
        readers.isEmpty()
            ? "Nobody has read " + id + " yet."
            : id + " was read by " + readers + ".");
  }

  /** The server would refuse, too, but say less. */
  private void requireAdmin() {
    boolean isAdmin =
        conversation.members().stream()
            .anyMatch(each -> participants.isSelf(each.user()) && each.role() == Role.ADMIN);
    if (!isAdmin) {
      throw new UsageException("Only an admin of the conversation can do that.");
    }
  }

  private void add(List<String> names) {
    requireAdmin();
    List<User> users = names.stream().map(people::ask).toList();
    conversation.add(users, Role.MEMBER);
  }

  private void remove(List<String> names) {
    requireAdmin();
    Set<UserId> users = new HashSet<>();
    names.forEach(name -> users.add(member(name).user()));
    conversation.remove(users);
  }

  private void makeAdmin(String name) {
    requireAdmin();
    conversation.changeRole(member(name).user(), Role.ADMIN);
  }

  private Member member(String name) {
    return Participants.member(conversation, name);
  }

  private void expire(String text) {
    if (!text.isEmpty()) {
      outbox.lifetime(text.equals("off") ? Duration.ZERO : Lifetime.parse(text));
    }
    note(
        outbox.lifetime().isZero()
            ? "What you send stays."
            : "What you send from here on vanishes after "
                + Lifetime.text(outbox.lifetime())
                + "; what stands on a screen already, nobody takes away.");
  }

  private void safety(String name) {
    Contact contact = people.meet(name);
    SafetyText safety = new SafetyText(contact, people.safetyNumber(contact.name(), contact.key()));
    screen.print(Arrays.asList(safety.text(colours).split("\n", -1)));
    if (!contact.verified()) {
      note("Then type /verified " + contact.name().value() + ".");
    }
  }

  private void verified(String name) {
    Contact contact = people.meet(name);
    people.verify(contact);
    note(contact.name().value() + " is verified.");
  }

  private void trust(String name) {
    User now = people.ask(name);
    List<Contact> before = people.another(now);
    if (before.isEmpty()) {
      // What was told a moment ago may have been told wrongly; then it is told again.
      decided.run();
      note(now.username().value() + " is who they were; there is nothing to decide.");
      return;
    }
    screen.print(Arrays.asList(people.comparison(before, now).split("\n", -1)));
    if (isYes("Type yes to believe it, anything else to leave it: ")) {
      people.believe(now);
      decided.run();
      note(now.username().value() + " is believed, and not verified.");
    } else {
      note("Nothing was changed.");
    }
  }

  private boolean leave() {
    if (isYes("Type yes to leave for good; only an admin can add you again: ")) {
      conversation.leave();
      note("You have left.");
      return true;
    }
    note("Nothing was changed.");
    return false;
  }

  private boolean isYes(String question) {
    return screen.ask(question).filter(answer -> answer.strip().equals(YES)).isPresent();
  }
}
