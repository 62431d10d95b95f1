package org.securechat.protocol.vectors;

import java.security.SignatureException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.protocol.conversation.IdentityChangedException;
import org.securechat.protocol.conversation.KeyRefusedException;
import org.securechat.protocol.conversation.ServerFault;
import org.securechat.protocol.conversation.ServerFaultException;
import org.securechat.protocol.conversation.VerifiedEntry;
import org.securechat.protocol.export.ExportRefusedException;
import org.securechat.protocol.file.DamagedFileException;
import org.securechat.protocol.key.DoesNotOpenException;
import org.securechat.protocol.key.ForeignKeyException;

/** The names of failures in {@code docs/vectors}. */
public final class Failure {
  public static final String INVALID_VALUE = "invalid_value";
  public static final String DOES_NOT_OPEN = "does_not_open";
  public static final String FOREIGN_KEY = "foreign_key";
  public static final String INVALID_SIGNATURE = "invalid_signature";
  public static final String UNKNOWN_CONTENT = "unknown_content";
  public static final String AGAINST_THE_RULES = "epoch_against_the_rules";

  private Failure() {}

  static Map<String, Object> of(Exception e) {
    if (e instanceof ServerFaultException lie) {
      return of(lie.fault());
    }
    if (e instanceof ExportRefusedException refused) {
      Map<String, Object> failure = new HashMap<>();
      refused.shows().ifPresent(fault -> failure.put("entry", fault.entry()));
      failure.put("failure", word(refused.reason()));
      failure.put("line", refused.line());
      return failure;
    }
    return Map.of("failure", name(e));
  }

  /** What a server is caught at, and where. */
  public static Map<String, Object> of(ServerFault fault) {
    return Map.of("failure", word(fault.kind()), "entry", fault.entry());
  }

  private static String name(Exception e) {
    if (e instanceof InvalidValueException) {
      return INVALID_VALUE;
    }
    if (e instanceof DoesNotOpenException) {
      return DOES_NOT_OPEN;
    }
    if (e instanceof ForeignKeyException) {
      return FOREIGN_KEY;
    }
    if (e instanceof IdentityChangedException) {
      return "identity_changed";
    }
    if (e instanceof DamagedFileException) {
      return "damaged_file";
    }
    if (e instanceof KeyRefusedException refused) {
      return word(refused.reason());
    }
    return e instanceof SignatureException ? INVALID_SIGNATURE : e.toString();
  }

  /** Why an entry is some member's fault. */
  public static String of(VerifiedEntry.Reason reason) {
    return word(reason);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
