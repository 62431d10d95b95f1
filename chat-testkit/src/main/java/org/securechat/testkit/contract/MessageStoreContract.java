package org.securechat.testkit.contract;

import org.securechat.domain.timeline.MessageStore;

/** What every {@link MessageStore} does; implement it in a test class of the adapter. */
public interface MessageStoreContract
    extends PostingContract,
        DeletionContract,
        ReadMarkContract,
        PagingContract,
        ExpiryContract,
        ConversationRaceContract {}
