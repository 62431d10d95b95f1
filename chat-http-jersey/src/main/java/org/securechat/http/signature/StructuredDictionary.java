package org.securechat.http.signature;

import java.util.Map;
import java.util.Optional;
import org.greenbytes.http.sfv.Dictionary;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;

/** Dictionaries in header fields (RFC 8941, section 3.2), in their one canonical spelling. */
final class StructuredDictionary {
  private StructuredDictionary() {}

  /**
   * Reads the members of a dictionary. What serialises to another text than was received is none:
   * two members of one name, of which the parser keeps the last, are among it, and so is every
   * spelling that two programs could read differently.
   */
  static Optional<Map<String, ListElement<?>>> read(String value) {
    try {
      Dictionary dictionary = Parser.parseDictionary(value);
      return dictionary.serialize().equals(value)
          ? Optional.of(dictionary.get())
          : Optional.empty();
    } catch (ParseException e) {
      return Optional.empty();
    }
  }

  /** The value of a dictionary that has this one member and no other. */
  static Optional<ListElement<?>> readOnly(String name, String value) {
    return read(value).filter(members -> members.size() == 1).map(members -> members.get(name));
  }
}
