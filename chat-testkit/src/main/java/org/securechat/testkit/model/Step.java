package org.securechat.testkit.model;

import java.util.Random;

/**
 * One thing that somebody does, as numbers that mean something in whatever state it finds: so a
 * sequence stays one when steps are left out.
 *
 * @param action what is done
 * @param actor who does it
 * @param target in which conversation
 * @param choice what exactly
 * @param detail how
 */
record Step(Action action, int actor, int target, int choice, int detail) {

  /** What can be done; those that stand twice are done more often. */
  enum Action {
    START,
    EPOCH,
    JOIN,
    LEAVE,
    POST,
    DELETE,
    READ_ON,
    PAGE,
    UPLOAD,
    DOWNLOAD,
    BLOCK,
    UNBLOCK,
    WAIT,
    SWEEP,
    LIST,
    SYNC
  }

  private static final Action[] WEIGHTED = {
    Action.START, Action.EPOCH, Action.EPOCH, Action.EPOCH, Action.JOIN, Action.JOIN,
    Action.LEAVE, Action.POST, Action.POST, Action.POST, Action.POST, Action.DELETE,
    Action.READ_ON, Action.PAGE, Action.UPLOAD, Action.DOWNLOAD, Action.BLOCK, Action.UNBLOCK,
    Action.WAIT, Action.SWEEP, Action.LIST, Action.SYNC
  };

  static Step draw(Random random) {
    return new Step(
        WEIGHTED[random.nextInt(WEIGHTED.length)],
        random.nextInt(1 << 20),
        random.nextInt(1 << 20),
        random.nextInt(1 << 20),
        random.nextInt(1 << 20));
  }
}
