package org.securechat.http.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.Rejection;
import org.securechat.http.answer.Problem;
import org.securechat.http.answer.ProblemException;

/**
 * Lets each signed-in user make so many requests at once, and so many more a second (a token
 * bucket). Fails open: it asks nothing outside of this process, and whoever is forgotten, because
 * too many others came or nothing was heard for long, starts anew with all of the burst.
 *
 * <p>Safe for use by many threads. Counts within one process.
 */
public final class RequestLimit {
  /** How many users are counted at a time. */
  public static final int USERS = 100_000;

  /** The wire contract lets at least this many through at once. */
  public static final int DEFAULT_BURST = 300;

  /** The wire contract lets at least this many through in a second. */
  public static final int DEFAULT_PER_SECOND = 100;

  private static final int TOO_MANY_REQUESTS = 429;

  private final int burst;
  private final int perSecond;
  private final SteadyTime time;
  private final Cache<UserId, Bucket> buckets;
  private final LongAdder refused = new LongAdder();

  /**
   * Made once, for all requests.
   *
   * @param burst requests that a user may make at once, at least 1
   * @param perSecond requests that come back in a second, at least 1
   */
  public RequestLimit(int burst, int perSecond, Clock clock) {
    this(burst, perSecond, clock, USERS);
  }

  RequestLimit(int burst, int perSecond, Clock clock, int users) {
    this.burst = burst;
    this.perSecond = perSecond;
    this.time = new SteadyTime(clock);
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(users)
            // A bucket that is full again need not be kept.
            .expireAfterAccess(Duration.ofSeconds(burst / perSecond + 1L))
            .ticker(time::currentTimeNanos)
            .executor(Runnable::run)
            .build();
  }

  /**
   * Counts a request of a user.
   *
   * @throws ProblemException with 429 and when to come again, if it is one too many
   */
  void charge(UserId user) {
    ConsumptionProbe probe = buckets.get(user, id -> bucket()).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      refused.increment();
      throw new ProblemException(
          Problem.of(
                  TOO_MANY_REQUESTS,
                  Rejection.RATE_LIMITED.code(),
                  "Too many requests, try again later")
              .retryAfter(Duration.ofNanos(probe.getNanosToWaitForRefill())));
    }
  }

  /** How many requests were refused since the start. */
  public long refused() {
    return refused.sum();
  }

  /** How many users are counted at the moment. */
  long users() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }

  private Bucket bucket() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
        .withCustomTimePrecision(time)
        .build();
  }
}
