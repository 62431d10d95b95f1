package org.securechat.domain;

import org.securechat.domain.account.AccountPorts;
import org.securechat.domain.account.AccountSettings;
import org.securechat.domain.account.Accounts;
import org.securechat.domain.conversation.Conversations;
import org.securechat.domain.credential.CredentialGate;
import org.securechat.domain.export.ExportUser;
import org.securechat.domain.file.Files;
import org.securechat.domain.request.VerifySignedRequest;
import org.securechat.domain.session.AuthenticateCaller;
import org.securechat.domain.session.EndSession;
import org.securechat.domain.session.ListSessions;
import org.securechat.domain.session.SessionCache;
import org.securechat.domain.sync.Sync;
import org.securechat.domain.timeline.Timeline;
import org.securechat.domain.upkeep.AccountSweep;
import org.securechat.domain.upkeep.ConversationSweep;
import org.securechat.domain.upkeep.Housekeeping;

/**
 * The chat core, put together: takes the ports and hands out the use cases. Holds no state beside
 * them; safe for use by many threads.
 */
public final class SecureChat {
  private final AuthenticateCaller authenticateCaller;
  private final Accounts accounts;
  private final ListSessions listSessions;
  private final EndSession endSession;
  private final Conversations conversations;
  private final Timeline timeline;
  private final Files files;
  private final Sync sync;
  private final ExportUser exportUser;
  private final Housekeeping housekeeping;

  public SecureChat(ChatPorts ports, ChatSettings settings) {
    ChatStores stores = ports.stores();
    VerifySignedRequest verify =
        new VerifySignedRequest(
            ports.signatures(), stores.replays(), settings.requests(), ports.clock());
    CredentialGate gate =
        new CredentialGate(
            stores.attempts(),
            ports.passwords(),
            ports.totpCodes(),
            settings.credentials(),
            ports.clock());
    SessionCache known = new SessionCache(stores.sessions(), ports.clock());
    authenticateCaller = new AuthenticateCaller(verify, known, settings.sessions(), ports.clock());
    accounts =
        new Accounts(
            verify,
            gate,
            known,
            new AccountPorts(
                stores.accounts(),
                stores.secondFactors(),
                stores.registrations(),
                stores.blocks(),
                stores.sessions(),
                ports.signatures(),
                ports.totpCodes(),
                ports.secretBox(),
                ports.names(),
                ports.random(),
                ports.clock()),
            new AccountSettings(settings.registrations(), settings.sessions(), settings.blocks()));
    listSessions = new ListSessions(stores.sessions(), settings.sessions(), ports.clock());
    endSession = new EndSession(stores.sessions(), known);
    conversations =
        new Conversations(
            stores.conversations(),
            stores.conversationKeys(),
            ports.signatures(),
            settings.conversations(),
            ports.events(),
            ports.random(),
            ports.clock());
    timeline =
        new Timeline(
            stores.messages(),
            stores.conversations(),
            ports.signatures(),
            settings.timeline(),
            ports.events(),
            ports.clock());
    files =
        new Files(
            stores.files(),
            stores.conversations(),
            settings.files(),
            ports.random(),
            ports.clock());
    sync =
        new Sync(
            stores.conversations(),
            stores.messages(),
            authenticateCaller::requireLive,
            ports.events(),
            settings.sync(),
            ports.clock());
    exportUser = new ExportUser(accounts.exportAccount(), stores.conversations(), stores.files());
    housekeeping =
        new Housekeeping(
            new AccountSweep(
                stores.replays(),
                stores.registrations(),
                stores.sessions(),
                stores.secondFactors(),
                stores.attempts(),
                settings.requests(),
                settings.registrations(),
                settings.sessions(),
                settings.credentials()),
            new ConversationSweep(
                stores.conversations(),
                stores.messages(),
                stores.files(),
                settings.files(),
                ports.events()),
            ports.clock());
  }

  /** Who is calling. */
  public AuthenticateCaller authenticateCaller() {
    return authenticateCaller;
  }

  /** Everything about accounts. */
  public Accounts accounts() {
    return accounts;
  }

  public ListSessions listSessions() {
    return listSessions;
  }

  public EndSession endSession() {
    return endSession;
  }

  /** Who is in which conversation, and the epochs of their keys. */
  public Conversations conversations() {
    return conversations;
  }

  /** What is said in conversations. */
  public Timeline timeline() {
    return timeline;
  }

  /** What messages carry. */
  public Files files() {
    return files;
  }

  public Sync sync() {
    return sync;
  }

  public ExportUser exportUser() {
    return exportUser;
  }

  public Housekeeping housekeeping() {
    return housekeeping;
  }
}
