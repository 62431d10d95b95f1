package org.securechat.domain.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.securechat.domain.account.AccountExport;
import org.securechat.domain.account.ExportAccount;
import org.securechat.domain.conversation.ActivityMark;
import org.securechat.domain.conversation.ConversationSettings;
import org.securechat.domain.conversation.ConversationStore;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.file.FileStore;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.session.Caller;
import org.securechat.domain.transcript.ConversationId;

/** Use case: somebody asks for everything that is held about them. Safe for use by many threads. */
public final class ExportUser {
  private static final int PAGE = 100;

  private final ExportAccount account;
  private final ConversationStore conversations;
  private final FileStore files;

  public ExportUser(ExportAccount account, ConversationStore conversations, FileStore files) {
    this.account = account;
    this.conversations = conversations;
    this.files = files;
  }

  /**
   * What is held about the caller. A conversation that moves meanwhile is in it once.
   *
   * @throws RejectedException with NOT_AUTHENTICATED if the account is gone meanwhile
   */
  public UserExport export(Caller caller) {
    AccountExport own = account.export(caller);
    UserId user = caller.session().user();
    return new UserExport(own, conversations(user), files.uploadedBy(user));
  }

  /** From the least recent on: what moves goes to the end, where it is met again. */
  private List<ConversationView> conversations(UserId user) {
    Map<ConversationId, ConversationView> all = new LinkedHashMap<>();
    ActivityMark last = ActivityMark.FIRST;
    List<ConversationView> page;
    do {
      page = conversations.listAfter(user, last, PAGE, ConversationSettings.LISTED_PARTICIPANTS);
      for (ConversationView view : page) {
        all.put(view.id(), withoutOthers(view));
        last = view.activity();
      }
    } while (page.size() == PAGE);
    return List.copyOf(all.values());
  }

  private ConversationView withoutOthers(ConversationView view) {
    UserId user = view.own().user();
    return view.with(
        view.participants()
            .or(() -> conversations.view(view.id(), user).flatMap(ConversationView::participants))
            .map(all -> all.stream().filter(each -> each.user().equals(user)).toList()));
  }
}
