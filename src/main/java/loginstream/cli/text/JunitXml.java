package loginstream.cli.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import loginstream.route.cases.Difference;
import loginstream.route.cases.TestResult;

/** Results of tests of routes as JUnit's XML, which CI servers show. */
public final class JunitXml {
    private final XMLStreamWriter xml;

    private JunitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /**
     * Writes a file.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, List<TestResult> results) throws IOException {
        try (OutputStream stream = Files.newOutputStream(file)) {
            XMLStreamWriter xml =
                    XMLOutputFactory.newInstance().createXMLStreamWriter(stream, StandardCharsets.UTF_8.name());
            new JunitXml(xml).write(results);
            xml.close();
            stream.write('\n');
        } catch (XMLStreamException e) {
            throw new IOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private void write(List<TestResult> results) throws XMLStreamException {
        Map<String, List<TestResult>> byFile = results.stream()
                .collect(Collectors.groupingBy(
                        result -> result.test().file().toString(), LinkedHashMap::new, Collectors.toList()));
        xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        xml.writeStartElement("testsuites");
        for (Map.Entry<String, List<TestResult>> file : byFile.entrySet()) {
            suite(file.getKey(), file.getValue());
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void suite(String name, List<TestResult> results) throws XMLStreamException {
        Duration took = results.stream().map(TestResult::took).reduce(Duration.ZERO, Duration::plus);
        long failed = results.stream().filter(result -> !result.isPassed()).count();
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", name);
        xml.writeAttribute("tests", Integer.toString(results.size()));
        xml.writeAttribute("failures", Long.toString(failed));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", "0");
        xml.writeAttribute("time", seconds(took));
        for (TestResult result : results) {
            test(name, result);
        }
        xml.writeEndElement();
    }

    private void test(String suite, TestResult result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", suite);
        xml.writeAttribute("name", result.test().name());
        xml.writeAttribute("time", seconds(result.took()));
        if (!result.isPassed()) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", line(result.differences().get(0)));
            xml.writeAttribute("type", "difference");
            xml.writeCharacters(
                    result.differences().stream().map(JunitXml::line).collect(Collectors.joining("\n")));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String line(Difference difference) {
        return difference.where() + ": expected " + difference.expected() + ", came out " + difference.actual();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
    }
}
