package org.securechat.http.answer;

/** Ends a request with a problem that is HTTP's own: its framing, not what it asks for. */
public final class ProblemException extends RuntimeException {
  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.error(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
