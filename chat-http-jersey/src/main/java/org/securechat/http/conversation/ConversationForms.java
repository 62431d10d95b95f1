package org.securechat.http.conversation;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.securechat.domain.conversation.ConversationName;
import org.securechat.domain.conversation.EpochForm;
import org.securechat.domain.conversation.MemberKey;
import org.securechat.domain.conversation.WrappedKey;
import org.securechat.domain.identity.ExactInteger;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.GroupId;
import org.securechat.http.call.FieldReader;
import org.securechat.http.call.FieldReader.Field;
import org.securechat.http.call.HexText;
import org.securechat.http.json.JsonObject;

/** Reads the data of requests about conversations into values. */
final class ConversationForms {
  private ConversationForms() {}

  /** A conversation to begin. */
  record Start(GroupId group, Optional<ConversationName> name, EpochForm epoch) {}

  /**
   * The next epoch of a conversation.
   *
   * @param number as the statement should have it, too
   */
  record NextEpoch(long number, Optional<ConversationName> name, EpochForm epoch) {}

  static Start start(JsonObject data) {
    FieldReader fields = new FieldReader(data);
    Field<GroupId> group = fields.required("group_id", GroupId::new);
    Field<Optional<ConversationName>> name = fields.optional("name", ConversationName::new);
    EpochFields epoch = EpochFields.read(fields);
    fields.requireNoFault();
    return new Start(group.get(), name.get(), epoch.form());
  }

  static NextEpoch nextEpoch(JsonObject data) {
    FieldReader fields = new FieldReader(data);
    Field<Long> number = fields.integer("epoch", 1, ExactInteger.MAX);
    Field<Optional<ConversationName>> name = fields.optional("name", ConversationName::new);
    EpochFields epoch = EpochFields.read(fields);
    fields.requireNoFault();
    return new NextEpoch(number.get(), name.get(), epoch.form());
  }

  /** What every epoch comes with. What the statement says is for the use case to judge. */
  private record EpochFields(
      Field<String> statement, Field<Signature> signature, Field<List<MemberKey>> keys) {

    static EpochFields read(FieldReader fields) {
      return new EpochFields(
          fields.required("statement", Function.identity()),
          fields.required("statement_signature", HexText::signature),
          fields.objects("keys", EpochStatement.MAX_MEMBERS, ConversationForms::memberKey));
    }

    EpochForm form() {
      return new EpochForm(statement.get(), signature.get(), keys.get());
    }
  }

  private static MemberKey memberKey(JsonObject key) {
    return new MemberKey(
        key.integer("user_id").map(UserId::new).orElseThrow(ConversationForms::incompleteKey),
        key.string("key_data")
            .map(WrappedKey::parse)
            .orElseThrow(ConversationForms::incompleteKey));
  }

  private static InvalidValueException incompleteKey() {
    return new InvalidValueException("Must each have user_id and key_data");
  }
}
