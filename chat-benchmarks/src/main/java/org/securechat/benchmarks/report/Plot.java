package org.securechat.benchmarks.report;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;
import org.securechat.benchmarks.measure.Measured;

/** A run as a picture: rates above, p99 below, a bar for each number of connections. */
public final class Plot {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 360;

  private Plot() {}

  /** Draws a PNG. Needs the fonts of the operating system. */
  public static void write(Run run, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      BitmapEncoder.saveBitmap(
          List.of(
              chart(run, "answers a second", "#,##0", Measured::rate),
              chart(run, "p99 in milliseconds", "0.0", measured -> measured.millis(99))),
          2,
          1,
          out,
          BitmapEncoder.BitmapFormat.PNG);
    }
  }

  private static CategoryChart chart(
      Run run, String title, String format, ToDoubleFunction<Measured> figure) {
    CategoryChart chart =
        new CategoryChartBuilder().width(WIDTH).height(HEIGHT).title(title).build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLabelsVisible(true);
    chart.getStyler().setDecimalPattern(format);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    List<Integer> connections =
        run.measured().stream().map(Measured::connections).distinct().toList();
    for (int count : connections) {
      List<Measured> group =
          run.measured().stream().filter(one -> one.connections() == count).toList();
      chart.addSeries(
          count + " connections",
          group.stream().map(Measured::contender).toList(),
          group.stream().map(figure::applyAsDouble).toList());
    }
    return chart;
  }
}
