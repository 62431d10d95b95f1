package org.securechat.testkit.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.securechat.testkit.wire.WireGroup.Line;

/** What the wire contract promises of conversations with more than a hundred participants. */
public interface LargeConversationContract {
  /** Who is there, and where. */
  WireWorld world();

  @Test
  default void participants_moreThanAHundred_areNamedWhereOneIsAskedForAlone() {
    WireUser host = world().user("host");
    List<Line> lines = new ArrayList<>(List.of(new Line(host, "admin")));
    for (int i = 1; i < 100; i++) {
      lines.add(new Line(world().user("guest" + i), "member"));
    }
    WireGroup group = new WireGroup();
    group.follow(host.post("/api/conversations", group.start(host, lines)).expect(201), lines);
    assertEquals(100, listed(host).size());

    lines.add(new Line(world().user("guest100"), "member"));
    WireAnswer changed = host.post(group.path("/epochs"), group.next(host, lines)).expect(201);
    group.follow(changed, lines);

    assertEquals(101, changed.objects("conversation.participants").size());
    WireAnswer page = host.get("/api/conversations").expect(200);
    assertNull(page.at("conversations.0.participants"));
    assertEquals(101, page.number("conversations.0.participant_count"));
    WireAnswer events =
        host.post("/api/sync", WireJson.object("after", WireJson.object())).expect(200);
    assertNull(events.at("events.0.conversation.participants"));
    List<Map<String, @Nullable Object>> all =
        host.get(group.path("")).expect(200).objects("conversation.participants");
    assertEquals(101, all.size());
  }

  private static List<?> listed(WireUser user) {
    return user.get("/api/conversations").expect(200).objects("conversations.0.participants");
  }
}
