package org.securechat.testkit.contract;

import org.securechat.domain.conversation.ConversationStore;

/** What every {@link ConversationStore} does; implement it in a test class of the adapter. */
public interface ConversationStoreContract
    extends ConversationBeginningContract,
        ConversationQuotaContract,
        ConversationChangeContract,
        ConversationFactsContract,
        ConversationViewContract,
        ConversationListContract,
        ClosedAccountContract,
        EndedConversationContract {}
