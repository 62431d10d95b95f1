package org.securechat.domain;

import org.securechat.domain.account.BlockSettings;
import org.securechat.domain.account.RegistrationSettings;
import org.securechat.domain.conversation.ConversationSettings;
import org.securechat.domain.credential.CredentialSettings;
import org.securechat.domain.file.FileSettings;
import org.securechat.domain.request.RequestSettings;
import org.securechat.domain.session.SessionSettings;
import org.securechat.domain.sync.SyncSettings;
import org.securechat.domain.timeline.TimelineSettings;

/** Limits and windows of time; {@link #defaults()} are the wire contract's. */
public record ChatSettings(
    RequestSettings requests,
    SessionSettings sessions,
    RegistrationSettings registrations,
    CredentialSettings credentials,
    BlockSettings blocks,
    ConversationSettings conversations,
    TimelineSettings timeline,
    FileSettings files,
    SyncSettings sync) {

  public static ChatSettings defaults() {
    return new ChatSettings(
        RequestSettings.defaults(),
        SessionSettings.defaults(),
        RegistrationSettings.defaults(),
        CredentialSettings.defaults(),
        BlockSettings.defaults(),
        ConversationSettings.defaults(),
        TimelineSettings.defaults(),
        FileSettings.defaults(),
        SyncSettings.defaults());
  }
}
