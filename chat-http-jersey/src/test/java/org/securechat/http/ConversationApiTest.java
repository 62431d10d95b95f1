package org.securechat.http;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.securechat.domain.ChatSettings;
import org.securechat.testkit.wire.ConversationApiContract;
import org.securechat.testkit.wire.WireScheme;
import org.securechat.testkit.wire.WireWorld;

/** The wire contract of conversations, over stores on the heap. */
abstract class ConversationApiTest {
  private final InMemoryServer server = InMemoryServer.start(ChatSettings.defaults());
}
