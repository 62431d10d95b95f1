package org.securechat.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Processor time that processes have used up, of all their threads. */
public final class ProcessorTime {
  private ProcessorTime() {}

  /** This process's. */
  public static Duration own() {
    return Duration.ofNanos(
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime());
  }

  /**
   * Another's, in the steps of the operating system, which are 10 ms on Linux.
   *
   * @throws IllegalStateException if it has ended, or the operating system does not tell
   */
  public static Duration of(ProcessHandle process) {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new IllegalStateException("No processor time of " + process.pid()));
  }
}
