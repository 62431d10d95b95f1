package org.securechat.client.terminal;

import java.time.Clock;
import java.util.Map;

/** What the commands take from the process that they run in. */
record Surroundings(Map<String, String> environment, Clock clock, Terminal terminal) {}
