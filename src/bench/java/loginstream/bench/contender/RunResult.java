package loginstream.bench.contender;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What a contender's process measured of itself, between the end of the warm-up and the end.
 *
 * @param records done in the measured part
 * @param seconds it took, on the wall clock
 * @param cpuSeconds processor time of the whole process, garbage collector and compiler included
 * @param peakRssMiB highest resident memory since the start of the process (VmHWM)
 * @param heapAfterGcMiB heap in use at the end, after a forced collection
 */
public record RunResult(long records, double seconds, double cpuSeconds, double peakRssMiB, double heapAfterGcMiB) {
    private static final String MARK = "RESULT ";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Throughput. */
    public double recordsPerSecond() {
        return records / seconds;
    }

    /** Processor time for each record, in microseconds. */
    public double cpuMicrosPerRecord() {
        return cpuSeconds * 1e6 / records;
    }

    /** Whether a line of a process's output holds a result of any kind. */
    public static boolean isIn(String line) {
        return line.startsWith(MARK);
    }

    /** Reads such a line. */
    public static <T> T read(String line, Class<T> type) {
        try {
            return JSON.readValue(line.substring(MARK.length()), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("unreadable result: " + line, e);
        }
    }

    /** Such a line. */
    public static String line(Object result) {
        try {
            return MARK + JSON.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
