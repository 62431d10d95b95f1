package org.securechat.testkit.contract;

import org.securechat.domain.ChatStores;

/** What the contracts of all stores ask an adapter for. */
interface StoresContract {

  /** The stores under test, empty before each test; the same ones at each call within a test. */
  ChatStores stores();
}
