package loginstream.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process that was started here, most often a JVM with this one's class path; it is gone once this is closed. */
final class ChildProcess implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(40);
    private static final String END = "";

    private final String name;
    private final Path log;
    private final Process process;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ChildProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        Thread reader = new Thread(this::readLines, "output of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts one.
     *
     * @param name for its log file and for messages
     * @param log folder for what it writes to standard error
     */
    static ChildProcess start(String name, Path log, List<String> flags, String mainClass, List<String> arguments) {
        return start(name, log, flags, System.getProperty("java.class.path"), mainClass, arguments);
    }

    /** The same with another class path. */
    static ChildProcess start(
            String name, Path log, List<String> flags, String classPath, String mainClass, List<String> arguments) {
        return start(name, log, flags, List.of("-cp", classPath, mainClass), arguments);
    }

    /** Starts a jar as its users do, with the class path that it names itself. */
    static ChildProcess startJar(String name, Path log, List<String> flags, Path jar, List<String> arguments) {
        return start(name, log, flags, List.of("-jar", jar.toString()), arguments);
    }

    private static ChildProcess start(
            String name, Path log, List<String> flags, List<String> program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // On this class path there are two.
        command.add("-Dslf4j.provider=org.slf4j.simple.SimpleServiceProvider");
        command.add("-Dslf4j.internal.verbosity=WARN");
        command.addAll(flags);
        command.addAll(program);
        command.addAll(arguments);
        return start(name, log, command);
    }

    /** Starts any program. */
    static ChildProcess start(String name, Path log, List<String> command) {
        try {
            Path file = Files.createDirectories(log).resolve(name + ".log");
            return new ChildProcess(
                    name,
                    file,
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.to(file.toFile()))
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readLines() {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (!line.isEmpty()) {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            // it ended
        }
        lines.add(END);
    }

    /**
     * The next line of its output that is wanted.
     *
     * @throws IllegalStateException if it ends or the time is over before there is one
     */
    String awaitLine(Predicate<String> wanted, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new IllegalStateException(name + " has not come to an end in " + timeout.toSeconds() + " s");
            }
            if (line.equals(END)) {
                lines.add(END);
                throw new IllegalStateException(name + " has ended without a result, see " + log);
            }
            if (wanted.test(line)) {
                return line;
            }
        }
    }

    /** The processor time that it has used. */
    long cpuNanos() {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    /** Ends it with SIGKILL. */
    void kill() {
        process.destroyForcibly();
        close();
    }

    /** Asks it to end as an operator would, with SIGTERM. */
    void terminate() {
        process.destroy();
        close();
    }

    /** Ends its standard input, which tells it to end, and waits; only if that does not help it is killed. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // it has ended already
        }
        try {
            if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
