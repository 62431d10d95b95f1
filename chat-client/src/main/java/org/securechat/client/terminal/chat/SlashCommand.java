package org.securechat.client.terminal.chat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be typed in a chat beside texts. */
public enum SlashCommand {
  HELP("shows this list"),
  MORE("shows the page before the oldest that was shown"),
  SHOW("shows message N in full", Part.NUMBER),
  REPLY("answers message N", Part.NUMBER, Part.TEXT),
  EDIT("puts another text in the place of your message N", Part.NUMBER, Part.TEXT),
  REACT("puts a sign under message N", Part.NUMBER, Part.TEXT),
  DELETE("deletes message N: your own, or as an admin anybody's", Part.NUMBER),
  SEND("sends a file; a path with blanks goes in \"quotes\"", Part.PATH, Part.MAYBE_TEXT),
  SAVE("saves the file of message N under the name you type", Part.FILE_NUMBER, Part.PATH),
  AGAIN("sends what could not be sent"),
  DISCARD("gives up what could not be sent"),
  READ("shows who has read message N, or your last one", Part.MAYBE_NUMBER),
  MEMBERS("shows who is here"),
  ADD("adds people, as an admin", Part.USERS),
  REMOVE("removes people, as an admin", Part.USERS),
  ADMIN("makes somebody an admin, as an admin", Part.USER),
  NAME("names the conversation", Part.TEXT),
  EXPIRE("lets what you send vanish after 5m, 1h, 7d \u2026 or off", Part.MAYBE_TEXT),
  SAFETY("shows the number to compare with somebody", Part.USER),
  VERIFIED("marks that you have compared it", Part.USER),
  TRUST("decides about somebody who is another than before", Part.USER),
  RENEW("gives the conversation a new key"),
  LEAVE("leaves the conversation for good"),
  QUIT("ends the chat, as Ctrl-D does");

  /** What a command is given. */
  enum Part {
    NUMBER("N"),
    MAYBE_NUMBER("[N]"),
    FILE_NUMBER("N"),
    TEXT("TEXT"),
    MAYBE_TEXT("[TEXT]"),
    PATH("FILE"),
    USER("USER"),
    USERS("USER\u2026");

    private final String word;

    Part(String word) {
      this.word = word;
    }
  }

  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Part> parts;

  SlashCommand(String help, Part... parts) {
    this.help = help;
    this.parts = List.of(parts);
  }

  List<Part> parts() {
    return parts;
  }

  /** As it is typed, such as {@code /help}. */
  public String word() {
    return "/" + name().toLowerCase(Locale.ROOT);
  }

  /** As it is typed, with what it takes. */
  public String usage() {
    if (this == EXPIRE) {
      return word() + " [TIME]";
    }
    StringBuilder usage = new StringBuilder(word());
    parts.forEach(part -> usage.append(' ').append(part.word));
    return usage.toString();
  }

  /** What it does. */
  public String help() {
    return help;
  }

  /** Whether it is about people, whose names may be completed. */
  public boolean takesUsers() {
    return parts.contains(Part.USER) || parts.contains(Part.USERS);
  }

  static Optional<SlashCommand> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }
}
