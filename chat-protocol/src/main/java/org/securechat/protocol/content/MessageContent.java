package org.securechat.protocol.content;

import java.util.List;
import java.util.Optional;
import org.securechat.domain.identity.ExactInteger;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.MessageText;

/**
 * What a message says. Texts are another member's and may hold anything that Unicode has: whoever
 * shows them decides what a terminal or page may get of it. Immutable.
 */
public sealed interface MessageContent {

  /** The type that it says it is, if it says one. */
  Optional<String> type();

  /** The files that it carries, in the order of the message's header; most contents carry none. */
  default List<AttachedFile> attached() {
    return List.of();
  }

  /**
   * Something said.
   *
   * @param replyTo the message it answers
   */
  record Text(String body, Optional<Long> replyTo) implements MessageContent {
    public Text {
      replyTo.ifPresent(MessageContent::requireId);
    }

    @Override
    public Optional<String> type() {
      return Optional.of("text");
    }

    /** Nothing of what is said. */
    @Override
    public String toString() {
      return "Text[]";
    }
  }

  /** Another text in the place of an earlier one of the same author, the last one counting. */
  record Edit(long target, String body) implements MessageContent {
    public Edit {
      requireId(target);
    }

    @Override
    public Optional<String> type() {
      return Optional.of("edit");
    }

    /** Nothing of what is said. */
    @Override
    public String toString() {
      return "Edit[]";
    }
  }

  /** A sign under a message. */
  record Reaction(long target, String emoji) implements MessageContent {
    public Reaction {
      requireId(target);
    }

    @Override
    public Optional<String> type() {
      return Optional.of("reaction");
    }

    /** Nothing of what is said. */
    @Override
    public String toString() {
      return "Reaction[]";
    }
  }

  /**
   * Files, with a text or without.
   *
   * @param files 1 to 32, in the order of the message's header
   */
  record Files(List<AttachedFile> files, Optional<String> body) implements MessageContent {
    public Files {
      if (files.isEmpty() || files.size() > MessageText.MAX_FILES) {
        throw new InvalidValueException("A file message has 1 to 32 files");
      }
      files = List.copyOf(files);
    }

    @Override
    public List<AttachedFile> attached() {
      return files;
    }

    @Override
    public Optional<String> type() {
      return Optional.of("file");
    }

    /** The body is as secret as the keys of the files. */
    @Override
    public String toString() {
      return "Files[" + files.size() + "]";
    }
  }

  /** What the conversation is called from here on. */
  record Name(String name) implements MessageContent {
    @Override
    public Optional<String> type() {
      return Optional.of("name");
    }

    /** Nothing of what is said. */
    @Override
    public String toString() {
      return "Name[]";
    }
  }

  /**
   * Something of a later version, or out of form: to be shown as such, never dropped.
   *
   * @param type the type that it says it is, if it says one
   */
  record Unknown(Optional<String> type) implements MessageContent {

    /** The type was encrypted, too. */
    @Override
    public String toString() {
      return "Unknown[]";
    }
  }

  private static void requireId(long id) {
    ExactInteger.require(id, 1, "The id of a message");
  }
}
