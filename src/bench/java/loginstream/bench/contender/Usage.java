package loginstream.bench.contender;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this process uses of the machine. */
final class Usage {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private Usage() {}

    /** One look at the clocks. */
    record Sample(long done, long nanos, long cpuNanos) {}

    static Sample sample(long done) {
        return new Sample(done, System.nanoTime(), SYSTEM.getProcessCpuTime());
    }

    /** Highest resident memory so far; not a number where the system does not tell. */
    static double peakRssMiB() {
        try {
            List<String> lines = Files.isReadable(STATUS) ? Files.readAllLines(STATUS) : List.of();
            return lines.stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    /** Twice, because the first collection may only find what the second frees. */
    static double heapAfterGcMiB() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024.0 / 1024.0;
    }
}
