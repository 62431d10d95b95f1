package org.securechat.client.terminal.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.client.terminal.chat.ChatInput.NotUnderstoodException;
import org.securechat.client.terminal.chat.ChatInput.Order;
import org.securechat.client.terminal.chat.ChatInput.Text;

class ChatInputTest {

  @Test
  void parse_noStroke_isAText() throws NotUnderstoodException {
    assertEquals(new Text("hello  you "), ChatInput.parse("hello  you "));
    assertEquals(new Text("1/2"), ChatInput.parse("1/2"));
    assertEquals(new Text(""), ChatInput.parse("   "));
    assertEquals(new Text(""), ChatInput.parse(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3cret",
        "/reply 1 s3cret",
        "/send s3cret",
        "/send a s3cret",
        "/add s3cret",
        "/name s3cret"
      })
  void toString_ofWhatWasTyped_hidesIt(String line) throws NotUnderstoodException {
    String printed = ChatInput.parse(line).toString();
    assertTrue(printed.matches("Text\\[]|Order\\[[A-Z]+]"), printed);
  }

  @Test
  void parse_twoStrokes_isATextWithOne() throws NotUnderstoodException {
    assertEquals(new Text("/etc/passwd"), ChatInput.parse("//etc/passwd"));
    assertEquals(new Text("/"), ChatInput.parse("//"));
    assertEquals(new Text("//"), ChatInput.parse("///"));
  }

  @Test
  void parse_commands_takesThemApart() throws NotUnderstoodException {
    assertEquals(order(SlashCommand.HELP, 0, 1, List.of(), "", ""), ChatInput.parse("/help"));
    assertEquals(order(SlashCommand.HELP, 0, 1, List.of(), "", ""), ChatInput.parse("/HELP  "));
    assertEquals(
        order(SlashCommand.REPLY, 12, 1, List.of(), "", "a  \"b\""),
        ChatInput.parse("/reply  12  a  \"b\" "));
    assertEquals(
        order(SlashCommand.SEND, 0, 1, List.of(), "a.jpg", "look at this"),
        ChatInput.parse("/send a.jpg look at this"));
    assertEquals(
        order(SlashCommand.SEND, 0, 1, List.of(), "my cat.jpg", ""),
        ChatInput.parse("/send \"my cat.jpg\""));
    assertEquals(
        order(SlashCommand.SAVE, 12, 3, List.of(), "my cat.jpg", ""),
        ChatInput.parse("/save 12.3 my cat.jpg"));
    assertEquals(
        order(SlashCommand.ADD, 0, 1, List.of("bob", "carol"), "", ""),
        ChatInput.parse("/add bob  carol"));
    assertEquals(order(SlashCommand.READ, 0, 1, List.of(), "", ""), ChatInput.parse("/read"));
    assertEquals(order(SlashCommand.READ, 7, 1, List.of(), "", ""), ChatInput.parse("/read 7"));
  }

  private static Order order(
      SlashCommand command, long number, int file, List<String> users, String path, String text) {
    return new Order(command, number, file, users, path, text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/ help", "/helpme", "/etc/passwd", "/rm -rf", "/\u001b[2J"})
  void parse_strokeThatIsNoCommand_isRefused(String line) {
    String sentence =
        assertThrows(NotUnderstoodException.class, () -> ChatInput.parse(line)).sentence();

    assertTrue(sentence.startsWith("There is no command /"), sentence);
    assertTrue(sentence.contains("nothing was sent"), sentence);
    assertTrue(sentence.indexOf('\u001b') < 0);
  }

  @ParameterizedTest
  @CsvSource({
    "/reply, /reply N TEXT",
    "/reply 12, /reply N TEXT",
    "/reply x y, /reply N TEXT",
    "/reply 0 y, /reply N TEXT",
    "/reply -1 y, /reply N TEXT",
    "/reply 99999999999999999999 y, /reply N TEXT",
    "/save 12, /save N FILE",
    "/save 12. x, /save N FILE",
    "/add, /add USER\u2026",
    "/safety bob carol, /safety USER",
    "/help me, /help",
    "/name, /name TEXT",
  })
  void parse_wrongArguments_saysHowItGoes(String line, String usage) {
    assertEquals(
        "It goes like this: " + usage,
        assertThrows(NotUnderstoodException.class, () -> ChatInput.parse(line)).sentence());
  }

  @Test
  void parse_openQuote_isRefused() {
    assertThrows(NotUnderstoodException.class, () -> ChatInput.parse("/send \"a b"));
  }

  @ParameterizedTest
  @EnumSource
  void documentation_ofEachCommand_isItsHelp(SlashCommand command) throws IOException {
    String guide = Files.readString(Path.of("../docs/client.md"));

    assertTrue(guide.contains("| `" + command.usage() + "` | " + command.help() + " |"));
  }

  @ParameterizedTest
  @EnumSource
  void help_ofEachCommand_fitsIntoALine(SlashCommand command) {
    assertTrue(command.usage().length() <= 20, command.usage());
    assertTrue(command.help().length() <= 56, command.help());
  }
}
