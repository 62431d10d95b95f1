package org.securechat.testkit.usecase;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.securechat.domain.ChatPorts;
import org.securechat.domain.ChatStores;
import org.securechat.domain.account.AccountStore;
import org.securechat.domain.account.BlockStore;
import org.securechat.domain.account.RegistrationStore;
import org.securechat.domain.account.SecondFactorStore;
import org.securechat.domain.conversation.ConversationKeyStore;
import org.securechat.domain.conversation.ConversationStore;
import org.securechat.domain.credential.AttemptStore;
import org.securechat.domain.credential.KeyedHash;
import org.securechat.domain.credential.PasswordHasher;
import org.securechat.domain.credential.SecretBox;
import org.securechat.domain.credential.TotpCodes;
import org.securechat.domain.file.FileStore;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.request.ReplayMemory;
import org.securechat.domain.session.SessionStore;
import org.securechat.domain.timeline.MessageStore;

/** Writes down which ports are called, in order. For one thread. */
final class CountingPorts {
  private final ChatPorts counted;
  private final List<String> calls = new ArrayList<>();

  CountingPorts(ChatPorts ports) {
    ChatStores stores = ports.stores();
    counted =
        new ChatPorts(
            new ChatStores(
                count(AccountStore.class, stores.accounts()),
                count(SecondFactorStore.class, stores.secondFactors()),
                count(RegistrationStore.class, stores.registrations()),
                count(SessionStore.class, stores.sessions()),
                count(BlockStore.class, stores.blocks()),
                count(AttemptStore.class, stores.attempts()),
                count(ConversationStore.class, stores.conversations()),
                count(ConversationKeyStore.class, stores.conversationKeys()),
                count(MessageStore.class, stores.messages()),
                count(FileStore.class, stores.files()),
                count(ReplayMemory.class, stores.replays())),
            count(SignatureVerifier.class, ports.signatures()),
            count(PasswordHasher.class, ports.passwords()),
            count(TotpCodes.class, ports.totpCodes()),
            count(SecretBox.class, ports.secretBox()),
            count(KeyedHash.class, ports.names()),
            ports.events(),
            ports.random(),
            ports.clock());
  }

  ChatPorts ports() {
    return counted;
  }

  /** The calls made meanwhile, such as {@code AccountStore.find}. */
  List<String> during(Runnable action) {
    calls.clear();
    action.run();
    return List.copyOf(calls);
  }

  private <T> T count(Class<T> port, T target) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              calls.add(port.getSimpleName() + "." + method.getName());
              try {
                return method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
