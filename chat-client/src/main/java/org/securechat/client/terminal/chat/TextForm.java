package org.securechat.client.terminal.chat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.Member;
import org.securechat.protocol.content.AttachedFile;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.ShownEntry;
import org.securechat.protocol.conversation.ShownEntry.MemberChange;

/**
 * For people: each message under its number, time and sender, wrapped at the width there is, or in
 * one line where there is none. Everything that members wrote goes through {@link SafeText}.
 */
public final class TextForm implements ChatForm {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", Locale.ENGLISH);
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ENGLISH);
  private static final String NO_TIME = "     ";
  private static final Duration USUAL_DELAY = Duration.ofMinutes(5);

  private static final int MAX_LINES = 24;
  private static final int MAX_CHARACTERS = 4_000;
  private static final int NAME_COLUMNS = 40;
  private static final int QUOTE_COLUMNS = 40;
  private static final int EMOJI_COLUMNS = 12;
  private static final int LEAST_TEXT_COLUMNS = 16;

  private final Ink ink;
  private final ZoneId zone;
  private final IntSupplier width;
  private final Function<UserId, String> names;
  private final LongFunction<Optional<ShownEntry>> entries;

  /**
   * A form for one conversation.
   *
   * @param width to wrap at; 0 for one line a message
   * @param names of people, whether they are still there or not
   * @param entries by id, for what is answered
   */
  public TextForm(
      Ink ink,
      ZoneId zone,
      IntSupplier width,
      Function<UserId, String> names,
      LongFunction<Optional<ShownEntry>> entries) {
    this.ink = ink;
    this.zone = zone;
    this.width = width;
    this.names = names;
    this.entries = entries;
  }

  @Override
  public List<String> opening(About about) {
    List<String> lines = new ArrayList<>();
    String title =
        about.name().map(name -> SafeText.line(name, NAME_COLUMNS)).orElse("Conversation")
            + " \u00b7 "
            + about.id().value();
    wrapped(title, 0).forEach(line -> lines.add(ink.loud(line)));
    String people =
        about.people().stream().map(TextForm::shortly).collect(Collectors.joining(", "));
    lines.addAll(wrapped(people, 0));
    String unverified =
        about.people().stream()
            .filter(person -> !person.self() && !person.verified())
            .map(person -> person.name().value())
            .collect(Collectors.joining(", "));
    if (!unverified.isEmpty()) {
      lines.addAll(
          note("Safety numbers not compared yet: " + unverified + ". /safety NAME shows one."));
    }
    lines.addAll(note("/help lists the commands, Ctrl-D ends the chat."));
    return lines;
  }

  private static String shortly(Person person) {
    String about =
        (person.self() ? ", you" : "")
            + (person.admin() ? ", admin" : "")
            + (person.joined() ? "" : ", invited");
    return person.name().value() + (about.isEmpty() ? "" : " (" + about.substring(2) + ")");
  }

  @Override
  public List<String> people(About about) {
    return about.people().stream()
        .map(person ->
            String.format(
                    Locale.ROOT,
                    "  %-24s  %-6s  %-7s  %-12s  %s",
                    person.name().value(),
                    person.admin() ? "admin" : "member",
                    person.joined() ? "joined" : "invited",
                    person.self() ? "you" : person.verified() ? "verified" : "not verified",
                    person.readUpTo() == 0 ? "" : "has read " + person.readUpTo())
                .stripTrailing())
        .toList();
  }

  @Override
  public List<String> entry(ShownEntry entry, Optional<ShownEntry> previous) {
    List<String> lines = new ArrayList<>();
    Optional<LocalDate> day = day(entry);
    if (day.isPresent() && !day.equals(previous.flatMap(this::day))) {
      lines.add(ink.faint(rule(DAY.format(day.get()))));
    }
    lines.addAll(entry(entry, false));
    return lines;
  }

  @Override
  public List<String> whole(ShownEntry entry) {
    return entry(entry, true);
  }

  private Optional<LocalDate> day(ShownEntry entry) {
    if (entry instanceof ShownEntry.Message message) {
      return Optional.of(LocalDate.ofInstant(message.createdAt(), zone));
    }
    return entry instanceof ShownEntry.Epoch epoch
        ? Optional.of(LocalDate.ofInstant(epoch.createdAt(), zone))
        : Optional.empty();
  }

  private List<String> entry(ShownEntry entry, boolean whole) {
    if (entry instanceof ShownEntry.Message message) {
      return message(message, whole);
    }
    if (entry instanceof ShownEntry.Epoch epoch) {
      return event(epoch.id(), TIME.format(epoch.createdAt().atZone(zone)), change(epoch));
    }
    return event(entry.id(), NO_TIME, EntryWords.of(entry, names));
  }

  private String change(ShownEntry.Epoch epoch) {
    String author = names.apply(epoch.statement().author());
    if (epoch.statement().epoch() == 1) {
      return author + " began the conversation";
    }
    if (epoch.changes().isEmpty()) {
      return author + " renewed the key";
    }
    return epoch.changes().stream()
        .map(each -> change(author, each))
        .collect(Collectors.joining("; "));
  }

  private static String change(String author, MemberChange change) {
    String name = change.member().name().value();
    return switch (change.kind()) {
      case ADDED -> author + " added " + name;
      case GONE -> name + " is not here any more";
      case MADE_ADMIN -> author + " made " + name + " an admin";
      case MADE_MEMBER -> author + " made " + name + " an ordinary member";
    };
  }

  private List<String> event(long id, String time, String words) {
    String gutter = gutter(id, time);
    List<String> lines = wrapped("* " + words, gutter.length());
    return prefixed(gutter, "", lines).stream().map(ink::faint).toList();
  }

  private List<String> message(ShownEntry.Message message, boolean whole) {
    String time = TIME.format(message.sentAt().atZone(zone));
    if (message.content() instanceof MessageContent.Name name) {
      return event(
          message.id(),
          time,
          message.sender().name().value()
              + " named the conversation \u201c"
              + SafeText.line(name.name(), NAME_COLUMNS)
              + "\u201d");
    }
    String gutter = gutter(message.id(), time);
    String sender = message.sender().name().value() + ": ";
    List<String> lines = new ArrayList<>();
    String body = body(message);
    String reply = "";
    if (message.replyTo().isPresent()) {
      String quote = message.replyTo().get() + " " + quote(message.replyTo().get());
      if (width.getAsInt() > 0) {
        lines.add(
            " ".repeat(gutter.length())
                + ink.faint(Columns.cut("\u256d " + quote, textColumns(gutter.length()))));
      } else {
        reply = "(to " + message.replyTo().get() + ") ";
      }
    }
    String text = reply + (whole ? body : cut(message.id(), body)) + remarks(message);
    List<String> wrapped =
        width.getAsInt() > 0
            ? Columns.wrap(
                text,
                Math.max(LEAST_TEXT_COLUMNS, textColumns(gutter.length()) - sender.length()),
                textColumns(gutter.length()))
            : List.of(text.replace("\n", " \u23ce "));
    wrapped = whole || wrapped.size() <= MAX_LINES ? wrapped : cutLines(message.id(), wrapped);
    lines.addAll(
        prefixed(
            ink.faint(gutter),
            " ".repeat(gutter.length()),
            ink.coloured(message.sender().user().value(), sender.stripTrailing()) + " ",
            wrapped));
    if (!message.reactions().isEmpty()) {
      wrapped(reactions(message.reactions()), gutter.length())
          .forEach(line -> lines.add(" ".repeat(gutter.length()) + ink.faint(line)));
    }
    return lines;
  }

  private static String cut(long id, String body) {
    if (body.length() <= MAX_CHARACTERS) {
      return body;
    }
    int end =
        Character.isHighSurrogate(body.charAt(MAX_CHARACTERS - 1))
            ? MAX_CHARACTERS - 1
            : MAX_CHARACTERS;
    return body.substring(0, end) + "\u2026 " + more(id);
  }

  private static List<String> cutLines(long id, List<String> lines) {
    List<String> cut = new ArrayList<>(lines.subList(0, MAX_LINES));
    cut.add(more(id));
    return cut;
  }

  private static String more(long id) {
    return "(there is more of it: /show " + id + ")";
  }

  private static String body(ShownEntry.Message message) {
    MessageContent content = message.content();
    if (content instanceof MessageContent.Text text) {
      return SafeText.lines(text.body());
    }
    if (content instanceof MessageContent.Files files) {
      return files(message.id(), files);
    }
    return EntryWords.unknown(content);
  }

  private static String files(long id, MessageContent.Files files) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < files.files().size(); i++) {
      AttachedFile file = files.files().get(i);
      text.append(i == 0 ? "" : "\n")
          .append("file \u201c")
          .append(SafeText.line(file.name(), NAME_COLUMNS))
          .append("\u201d, ")
          .append(ProgressBar.size(file.size()))
          .append(" (/save ")
          .append(id)
          .append(files.files().size() == 1 ? "" : "." + (i + 1))
          .append(" FILE)");
    }
    files.body().ifPresent(body -> text.append('\n').append(SafeText.lines(body)));
    return text.toString();
  }

  private String remarks(ShownEntry.Message message) {
    StringBuilder remarks = new StringBuilder();
    if (message.edited()) {
      remarks.append(" (edited)");
    }
    message.expiresAt().ifPresent(at -> remarks.append(" (until " + moment(at) + ")"));
    if (Duration.between(message.sentAt(), message.createdAt()).abs().compareTo(USUAL_DELAY) > 0) {
      remarks.append(" (arrived " + moment(message.createdAt()) + ")");
    }
    return remarks.toString();
  }

  private String moment(Instant time) {
    return DAY_AND_TIME.format(time.atZone(zone));
  }

  private String reactions(Map<String, Set<UserId>> reactions) {
    return reactions.entrySet().stream()
        .map(each ->
            SafeText.line(each.getKey(), EMOJI_COLUMNS)
                + " "
                + each.getValue().stream().map(names).collect(Collectors.joining(", ")))
        .collect(Collectors.joining("   "));
  }

  /** What a message says, in few words; for what is about it. */
  private String quote(long id) {
    Optional<ShownEntry> entry = entries.apply(id);
    if (entry.isEmpty()) {
      return "(from before your time)";
    }
    if (!(entry.get() instanceof ShownEntry.Message message)) {
      return "(not there any more)";
    }
    Member sender = message.sender();
    return sender.name().value() + ": " + SafeText.line(body(message), QUOTE_COLUMNS);
  }

  @Override
  public List<String> changed(ShownEntry before, ShownEntry now) {
    if (!(before instanceof ShownEntry.Message old) || !(now instanceof ShownEntry.Message next)) {
      return entry(now, false);
    }
    if (!old.content().equals(next.content())) {
      return entry(now, false);
    }
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, Set<UserId>> each : next.reactions().entrySet()) {
      Set<UserId> already = old.reactions().getOrDefault(each.getKey(), Set.of());
      String who =
          each.getValue().stream()
              .filter(user -> !already.contains(user))
              .map(names)
              .collect(Collectors.joining(", "));
      if (!who.isEmpty()) {
        lines.addAll(
            event(
                next.id(),
                NO_TIME,
                who
                    + " reacted "
                    + SafeText.line(each.getKey(), EMOJI_COLUMNS)
                    + " to "
                    + quote(next.id())));
      }
    }
    return lines;
  }

  @Override
  public List<String> unread(int count) {
    return List.of(ink.loud(rule(count + " unread")));
  }

  @Override
  public List<String> page(boolean isThereMore) {
    return List.of(ink.faint(rule(isThereMore ? "older: /more" : "this is the beginning")));
  }

  private String rule(String words) {
    return "\u2500\u2500 " + words + " \u2500\u2500";
  }

  @Override
  public List<String> note(String sentences) {
    return wrapped(sentences, 0).stream().map(ink::faint).toList();
  }

  @Override
  public List<String> complaint(String sentences) {
    return wrapped(sentences, 0).stream().map(ink::alarm).toList();
  }

  private static String gutter(long id, String time) {
    return String.format(Locale.ROOT, "%4d %s ", id, time);
  }

  private int textColumns(int indent) {
    return Math.max(LEAST_TEXT_COLUMNS, width.getAsInt() - indent);
  }

  /** Broken at the width there is, less an indentation that is not there yet. */
  private List<String> wrapped(String text, int indent) {
    return width.getAsInt() > 0
        ? Columns.wrap(text, textColumns(indent), textColumns(indent))
        : List.of(text);
  }

  private static List<String> prefixed(String gutter, String first, List<String> lines) {
    return prefixed(gutter, " ".repeat(gutter.length()), first, lines);
  }

  private static List<String> prefixed(
      String gutter, String indent, String first, List<String> lines) {
    List<String> prefixed = new ArrayList<>();
    for (String line : lines) {
      prefixed.add((prefixed.isEmpty() ? gutter + first : indent) + line);
    }
    return prefixed;
  }
}
