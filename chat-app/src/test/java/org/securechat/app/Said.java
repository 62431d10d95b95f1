package org.securechat.app;

import java.util.stream.Collectors;
import org.securechat.protocol.content.MessageContent;

/**
 * What somebody has said, as far as others must get to read it.
 *
 * @param target the message that it is about; 0 for none
 * @param files their names and sizes
 * @param text the text, emoji or name
 */
record Said(Type type, long target, String files, String text) {
  enum Type {
    TEXT,
    EDIT,
    REACTION,
    FILES,
    NAME
  }

  static Said of(MessageContent content) {
    if (content instanceof MessageContent.Text text) {
      return new Said(Type.TEXT, text.replyTo().orElse(0L), "", text.body());
    }
    if (content instanceof MessageContent.Edit edit) {
      return new Said(Type.EDIT, edit.target(), "", edit.body());
    }
    if (content instanceof MessageContent.Reaction reaction) {
      return new Said(Type.REACTION, reaction.target(), "", reaction.emoji());
    }
    if (content instanceof MessageContent.Files files) {
      return file(
          files.files().stream()
              .map(file -> file.name() + " " + file.size())
              .collect(Collectors.joining(", ")),
          files.body().orElse(""));
    }
    if (content instanceof MessageContent.Name name) {
      return new Said(Type.NAME, 0, "", name.name());
    }
    throw new AssertionError("nobody said " + content);
  }

  static Said text(String text) {
    return new Said(Type.TEXT, 0, "", text);
  }

  static Said file(String files, String text) {
    return new Said(Type.FILES, 0, files, text);
  }

  boolean isAbout(long message) {
    return target == message && (type == Type.EDIT || type == Type.REACTION);
  }

  boolean isShownAlone() {
    return type != Type.EDIT && type != Type.REACTION;
  }

  Said edited(String other) {
    return new Said(type, target, files, other);
  }
}
