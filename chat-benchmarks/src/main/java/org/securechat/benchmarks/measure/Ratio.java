package org.securechat.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A comparison that counts, because its sides took turns on the same machine.
 *
 * @param over the contender that is judged
 * @param under what it is held against: a contender, or several of whose work it does all, one
 *     after the other
 */
public record Ratio(String over, List<String> under) {

  public Ratio {
    under = List.copyOf(under);
    if (under.isEmpty()) {
      throw new IllegalArgumentException("A ratio has two sides");
    }
  }

  /** Held against one contender, or what several allow together. */
  public static Ratio of(String over, String... under) {
    return new Ratio(over, List.of(under));
  }

  /**
   * A ratio's values.
   *
   * @param rounds one a round
   */
  public record Values(Ratio ratio, int connections, List<Double> rounds) {
    public double median() {
      return Medians.of(rounds);
    }
  }

  /** What it is called: {@code send / (check + append)}. */
  public String name() {
    return over
        + " / "
        + (under.size() == 1 ? under.get(0) : "(" + String.join(" + ", under) + ")");
  }

  /**
   * The rate that is left if each answer takes the work of all of them: 1 / (1/a + 1/b + …).
   *
   * @param rates in answers a second
   */
  public static double together(List<Double> rates) {
    return 1 / rates.stream().mapToDouble(rate -> 1 / rate).sum();
  }

  /** Round by round; empty if one of them did not take part with so many connections. */
  public Optional<Values> values(List<Measured> measured, int connections) {
    Optional<List<Double>> judged = ratesOf(over, measured, connections);
    List<List<Double>> others =
        under.stream().flatMap(name -> ratesOf(name, measured, connections).stream()).toList();
    if (judged.isEmpty() || others.size() < under.size()) {
      return Optional.empty();
    }
    List<Double> rounds = new ArrayList<>();
    for (int i = 0; i < judged.get().size(); i++) {
      int round = i;
      rounds.add(
          judged.get().get(round)
              / together(others.stream().map(rates -> rates.get(round)).toList()));
    }
    return Optional.of(new Values(this, connections, rounds));
  }

  private static Optional<List<Double>> ratesOf(
      String contender, List<Measured> measured, int connections) {
    return measured.stream()
        .filter(one -> one.contender().equals(contender) && one.connections() == connections)
        .map(Measured::rates)
        .findFirst();
  }
}
